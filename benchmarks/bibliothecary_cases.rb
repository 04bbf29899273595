# frozen_string_literal: true

# What bibliothecary's specs expect, as JSON cases: `ruby bibliothecary_cases.rb CHECKOUT > cases.json`.
# The specs run against stand-ins that record what is called with which fixture and what should come out;
# none of bibliothecary's own code is loaded.

require "json"
require "set"
require "date"

ROOT = File.expand_path(ARGV.fetch(0))
CASES = []

class Fixture < String
  attr_accessor :file
end

# What a spec did: calls of the parser under test, and what was asked of their result.
class Recorder < BasicObject
  attr_reader :calls

  def initialize(calls = []) = @calls = calls
  def method_missing(name, *arguments, **_, &_block) = ::Recorder.new(@calls + [[name, arguments]])
  def respond_to_missing?(*) = true
  def [](key) = ::Recorder.new(@calls + [[:[], [key]]])
  def ==(_other) = false
  def is_a?(kind) = kind == ::Recorder
  def to_ary = nil
end

module Bibliothecary
  class Dependency
    attr_reader :fields

    def initialize(**fields) = @fields = fields
    def name = @fields[:name]
  end

  class ParserResult < Dependency; end

  module Parsers
    def self.const_missing(name) = const_set(name, Class.new)
  end

  def self.const_missing(name) = const_set(name, Module.new)
end

class Expectation
  def initialize(value, spec) = (@value, @spec = value, spec)

  def to(matcher)
    CASES << [@spec, @value, *matcher] if matcher.is_a?(Array)
    self
  end

  def method_missing(*, &_) = self
  def respond_to_missing?(*) = true
end

class Example
  def initialize(spec) = @spec = spec
  def described_class = Recorder.new
  def subject = Recorder.new

  def load_fixture(name)
    text = Fixture.new(File.binread(File.join(ROOT, "spec/fixtures", name)).force_encoding("UTF-8"))
    text.file = name
    text
  end

  def fixture_path(name) = File.join(ROOT, "spec/fixtures", name)
  def expect(value = nil, &block) = Expectation.new(value || block, @spec)
  def eq(value) = [:eq, value]
  def match_array(value) = [:eq, value]
  def contain_exactly(*values) = [:eq, values]
  def include(*values) = [:include, values]
  def method_missing(*) = nil
  def respond_to_missing?(*) = true
end

class Group
  def initialize(file, lets = {}) = (@file, @lets = file, lets.dup)

  def it(name = nil, *_tags, **_options, &block)
    return unless block

    kind = Class.new(Example)
    @lets.each { |key, value| kind.define_method(key) { (@held ||= {})[key] ||= instance_eval(&value) } }
    kind.new([@file, name]).instance_eval(&block)
  rescue StandardError, NotImplementedError => e
    warn "#{@file}: #{name}: #{e.message.to_s[0, 100]}"
  end

  def describe(*, **, &block) = Group.new(@file, @lets).instance_eval(&block)
  alias context describe
  def let(name, &block) = @lets[name] = block
  alias let! let
  def method_missing(*, **, &_) = nil
  def respond_to_missing?(*) = true
end

def describe(*, **, &block) = Group.new($spec_file).instance_eval(&block)
module RSpec
  def self.describe(*, **, &block) = Group.new($spec_file).instance_eval(&block)
end
$LOADED_FEATURES << "spec_helper.rb"
module Kernel
  alias original_require require
  def require(name) = name == "spec_helper" || original_require(name)
end

Dir[File.join(ROOT, "spec/parsers/*_spec.rb")].sort.each do |path|
  $spec_file = File.basename(path)
  begin
    load path
  rescue StandardError, SyntaxError => e
    warn "#{$spec_file}: #{e.message.to_s[0, 100]}"
  end
end

def dependencies(value)
  list = value.is_a?(Hash) ? value[:dependencies] : value
  list = list.first if list.is_a?(Array) && list.first.is_a?(Array)
  return unless list.is_a?(Array) && list.all? { |one| one.is_a?(Bibliothecary::Dependency) }

  list.map(&:fields)
end

out = CASES.filter_map do |(file, name), value, matcher, expected|
  next unless Recorder === value

  call, arguments = value.calls.first
  next unless call == :analyse_contents && arguments[0].is_a?(String)

  found = dependencies(expected)
  next if found.nil? || (found.empty? && matcher == :include)

  { spec: file, it: name, file: arguments[0], content: arguments[1].to_s, fixture: arguments[1].respond_to?(:file) ? arguments[1].file : nil,
    kind: expected.is_a?(Hash) ? expected[:kind] : nil, whole: matcher == :eq, dependencies: found }
end
puts JSON.pretty_generate(out)
