<?php
// Names of classes that each PHP file below a folder speaks of, by PHP's own tokenizer: JSON {file: [full name ...]} on standard output.
// usage: php php_names.php FOLDER
const NAMES = [T_STRING, T_NAME_QUALIFIED, T_NAME_FULLY_QUALIFIED, T_NAME_RELATIVE];
const PLAIN = ['self', 'static', 'parent', 'true', 'false', 'null', 'int', 'float', 'string', 'bool', 'array', 'iterable', 'callable', 'mixed', 'void', 'never', 'object'];

function names(string $code): array
{
    $tokens = array_values(array_filter(token_get_all($code), fn ($t) => !is_array($t) || !in_array($t[0], [T_WHITESPACE, T_COMMENT, T_DOC_COMMENT])));
    $found = ['uses' => [], 'declares' => []];
    $namespace = '';
    $aliases = [];
    for ($i = 0; $i < count($tokens); $i++) {
        $token = $tokens[$i];
        $kind = is_array($token) ? $token[0] : null;
        $before = $tokens[$i - 1] ?? null;
        $after = $tokens[$i + 1] ?? null;
        if ($kind === T_NAMESPACE && is_array($after)) {
            $namespace = $after[1];
            $i++;
        } elseif ($kind === T_USE && $after !== '(' && !inside($tokens, $i)) {
            $i = import($tokens, $i, $aliases, $found['uses']);
        } elseif (in_array($kind, [T_CLASS, T_INTERFACE, T_TRAIT, T_ENUM]) && is_array($after) && $after[0] === T_STRING && !(is_array($before) && $before[0] === T_DOUBLE_COLON)) {
            $found['declares'][] = ltrim("$namespace\\{$after[1]}", '\\');
            $i++;
        } elseif (in_array($kind, NAMES) && named($before, $after, $token[1])) {
            $found['uses'][] = full($token[1], $kind, $namespace, $aliases);
        }
    }
    return $found;
}

// a `use` within braces takes in a trait: its names are uses like others
function inside(array $tokens, int $at): bool
{
    $depth = 0;
    $class = false;
    for ($i = 0; $i < $at; $i++) {
        if (is_array($tokens[$i]) && in_array($tokens[$i][0], [T_CLASS, T_TRAIT, T_ENUM])) {
            $class = true;
        }
        $depth += ($tokens[$i] === '{' || (is_array($tokens[$i]) && in_array($tokens[$i][0], [T_CURLY_OPEN, T_DOLLAR_OPEN_CURLY_BRACES]))) <=> ($tokens[$i] === '}');
    }
    return $class && $depth > 0;
}

function import(array $tokens, int $i, array &$aliases, array &$uses): int
{
    $base = '';
    $name = '';
    $plain = true;
    for ($i++; $i < count($tokens); $i++) {
        $token = $tokens[$i];
        if (is_array($token) && in_array($token[0], [T_FUNCTION, T_CONST])) {
            $plain = false;
        } elseif (is_array($token) && $token[0] === T_AS) {
            $aliases[strtolower($tokens[++$i][1])] = ltrim($base . $name, '\\');
            $uses[] = $plain ? ltrim($base . $name, '\\') : '';
            $name = '';
        } elseif (is_array($token) && in_array($token[0], NAMES)) {
            $name = $token[1];
        } elseif (is_array($token) && $token[0] === T_NS_SEPARATOR) {
            $name .= '\\';
        } elseif ($token === '{') {
            $base = rtrim($name, '\\') . '\\';
            $name = '';
        } elseif (in_array($token, [',', ';', '}'])) {
            if ($name !== '' && $plain) {
                $aliases[strtolower(substr(strrchr("\\$name", '\\'), 1))] = ltrim($base . $name, '\\');
                $uses[] = ltrim($base . $name, '\\');
            }
            $name = '';
            if ($token === ';') {
                return $i;
            }
        }
    }
    return $i;
}

function named($before, $after, string $name): bool
{
    if (in_array(strtolower($name), PLAIN) || $after === '(' && !(is_array($before) && in_array($before[0], [T_NEW, T_ATTRIBUTE]))) {
        return false;
    }
    $kinds = [T_OBJECT_OPERATOR, T_NULLSAFE_OBJECT_OPERATOR, T_DOUBLE_COLON, T_FUNCTION, T_CONST, T_GOTO];
    return !(is_array($before) && in_array($before[0], $kinds));
}

function full(string $name, int $kind, string $namespace, array $aliases): string
{
    if ($kind === T_NAME_FULLY_QUALIFIED) {
        return ltrim($name, '\\');
    }
    [$first, $rest] = array_pad(explode('\\', $name, 2), 2, null);
    if (isset($aliases[strtolower($first)])) {
        return $aliases[strtolower($first)] . ($rest === null ? '' : "\\$rest");
    }
    return ltrim("$namespace\\$name", '\\');
}

$found = [];
foreach (new RecursiveIteratorIterator(new RecursiveDirectoryIterator($argv[1], FilesystemIterator::SKIP_DOTS)) as $file) {
    if ($file->getExtension() === 'php') {
        $found[substr($file->getPathname(), strlen(rtrim($argv[1], '/')) + 1)] = names(file_get_contents($file->getPathname()));
    }
}
echo json_encode($found, JSON_INVALID_UTF8_SUBSTITUTE);
