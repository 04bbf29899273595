package engine;

import io.kestra.core.runners.TestRunner;
import io.kestra.core.runners.Worker;
import io.micronaut.context.ApplicationContext;
import io.micronaut.runtime.server.EmbeddedServer;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Kestra's engine, driven by JSON lines on stdin and answered by JSON lines on stdout. It ends when stdin does.
 * System properties: data (folder of storage and task folders), mode=worker (a worker only), noworker=true (all but
 * a worker), k.NAME (Kestra's own setting NAME).
 */
public class Main {
    public static void main(String[] arguments) throws Exception {
        PrintStream answers = System.out;
        System.setOut(System.err);
        ApplicationContext context = ApplicationContext.builder().properties(settings()).start();
        if ("worker".equals(System.getProperty("mode"))) {
            work(context, answers);
        } else {
            serve(context, answers);
        }
        Runtime.getRuntime().halt(0);
    }

    private static void work(ApplicationContext context, PrintStream answers) throws IOException {
        context.getBean(Worker.class).start(8);
        answers.println("{\"ready\": \"worker\"}");
        answers.flush();
        while (System.in.read() >= 0) { }
    }

    private static void serve(ApplicationContext context, PrintStream answers) throws Exception {
        TestRunner runner = context.getBean(TestRunner.class);
        runner.setSystemWorkerEnabled(true); // purges run there
        if (Boolean.getBoolean("noworker")) {
            runner.setWorkerEnabled(false);
        }
        context.getBean(EmbeddedServer.class).start();
        runner.run();
        answers.println("{\"ready\": \"engine\"}");
        answers.flush();
        new Conversation(new Operations(context), System.in, answers).hold();
    }

    private static Map<String, Object> settings() throws IOException {
        Path data = Path.of(System.getProperty("data", "data")).toAbsolutePath();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (String folder : new String[] {"storage", "tmp"}) {
            Files.createDirectories(data.resolve(folder));
        }
        settings.put("kestra.storage.local.base-path", data.resolve("storage").toString());
        settings.put("kestra.tasks.tmp-dir.path", data.resolve("tmp").toString());
        for (String name : System.getProperties().stringPropertyNames()) {
            if (name.startsWith("k.")) {
                settings.put(name.substring(2), System.getProperty(name));
            }
        }
        return settings;
    }
}
