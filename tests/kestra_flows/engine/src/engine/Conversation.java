package engine;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.kestra.core.serializers.JacksonMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** One line in, one line out: {"op": NAME, …} is answered by {"answer": …} or {"error": …, "trace": […]}. */
class Conversation {
    private static final ObjectMapper JSON = JacksonMapper.ofJson();
    private final Operations operations;
    private final BufferedReader questions;
    private final PrintStream answers;

    Conversation(Operations operations, InputStream questions, PrintStream answers) {
        this.operations = operations;
        this.questions = new BufferedReader(new InputStreamReader(questions, StandardCharsets.UTF_8));
        this.answers = answers;
    }

    void hold() throws IOException {
        for (String line; (line = questions.readLine()) != null; ) {
            answers.println(JSON.writeValueAsString(answer(line)));
            answers.flush();
        }
    }

    private Map<String, Object> answer(String line) {
        Map<String, Object> said = new LinkedHashMap<>();
        try {
            Question question = new Question(JSON.readValue(line, new TypeReference<Map<String, Object>>() {}));
            said.put("answer", operations.perform(question));
        } catch (Throwable error) {
            said.put("error", error.toString());
            said.put("trace", trace(error));
        }
        return said;
    }

    private static List<String> trace(Throwable error) {
        StringWriter text = new StringWriter();
        error.printStackTrace(new PrintWriter(text));
        return text.toString().lines().limit(25).toList();
    }
}
