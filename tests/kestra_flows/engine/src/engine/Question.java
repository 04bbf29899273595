package engine;

import java.util.Map;

/** What was asked: an operation and its named values. */
record Question(Map<String, Object> values) {
    String op() {
        return text("op");
    }

    String text(String name) {
        Object value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException("the operation " + values.get("op") + " needs " + name);
        }
        return (String) value;
    }

    String text(String name, String otherwise) {
        return (String) values.getOrDefault(name, otherwise);
    }

    @SuppressWarnings("unchecked")
    Map<String, Object> map(String name) {
        return (Map<String, Object>) values.getOrDefault(name, Map.of());
    }
}
