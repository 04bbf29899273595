# What each Ruby file below a folder requires by a literal, by Ruby's own parser: JSON {file: [[how, name] ...]} on standard output.
# usage: ruby ruby_requires.rb FOLDER
require "json"
require "ripper"

HOW = %w[require require_relative load autoload].freeze

def literal(node)
  inner = node && node[0] == :string_literal ? node[1] : nil
  inner && inner.length == 2 && inner[1][0] == :@tstring_content ? inner[1][1] : nil
end

def walk(node, found)
  return unless node.is_a?(Array)

  name, arguments = case node[0]
                    when :command then [node[1][1], node[2]]
                    when :method_add_arg then [node[1][0] == :fcall ? node[1][1][1] : nil, node[2][1]]
                    end
  if HOW.include?(name) && arguments.is_a?(Array) && arguments[0] == :args_add_block
    text = literal(name == "autoload" ? arguments[1][1] : arguments[1][0])
    found << [name, text] if text
  end
  node.each { |inner| walk(inner, found) }
end

root = ARGV[0].chomp("/")
answer = Dir.glob("#{root}/**/*.rb").to_h do |path|
  found = []
  walk(Ripper.sexp(File.read(path, encoding: "UTF-8")), found)
  [path.delete_prefix("#{root}/"), found]
end
puts JSON.generate(answer)
