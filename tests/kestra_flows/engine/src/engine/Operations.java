package engine;

import io.kestra.core.models.executions.Execution;
import io.kestra.core.models.executions.TaskRun;
import io.kestra.core.models.flows.FlowSource;
import io.kestra.core.repositories.ExecutionRepositoryInterface;
import io.kestra.core.repositories.LogDataStoreInterface;
import io.kestra.core.repositories.MetricRepositoryInterface;
import io.kestra.core.runners.FlowInputOutput;
import io.kestra.core.runners.TestRunnerUtils;
import io.kestra.core.services.ExecutionOutputService;
import io.kestra.core.services.FlowService;
import io.kestra.core.services.TaskOutputService;
import io.kestra.core.storages.NamespaceFactory;
import io.kestra.core.storages.StorageInterface;
import io.micronaut.context.ApplicationContext;
import io.micronaut.data.model.Pageable;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the driver can be asked, each by Kestra's own services. */
class Operations {
    static final String TENANT = "main";
    private final ApplicationContext context;
    private final Triggers triggers;

    Operations(ApplicationContext context) {
        this.context = context;
        this.triggers = new Triggers(context);
    }

    Object perform(Question question) throws Exception {
        return switch (question.op()) {
            case "validate" -> bean(FlowService.class).validate(TENANT, List.of(new FlowSource("flow.yml", question.text("source"))));
            case "import" -> bean(FlowService.class).importFlow(TENANT, question.text("source")).getRevision();
            case "put_file" -> putFile(question);
            case "create" -> create(question);
            case "get" -> get(question.text("id"));
            case "list" -> list(question.text("flow", null));
            case "logs" -> bean(LogDataStoreInterface.class).findByExecutionId(TENANT, question.text("id"), (org.slf4j.event.Level) null);
            case "metrics" -> bean(MetricRepositoryInterface.class).findByExecutionId(TENANT, question.text("id"), Pageable.UNPAGED);
            case "kill" -> bean(TestRunnerUtils.class).killExecution(execution(question.text("id"))).getState().getCurrent();
            case "webhook" -> triggers.callWebhook(question);
            case "backfill" -> triggers.backfill(question);
            case "trigger" -> triggers.state(question);
            default -> throw new IllegalArgumentException("no operation " + question.op());
        };
    }

    private String putFile(Question question) throws Exception {
        var namespace = bean(NamespaceFactory.class).of(TENANT, question.text("namespace"), bean(StorageInterface.class));
        try (InputStream content = Files.newInputStream(Path.of(question.text("file")))) {
            return namespace.putFile(Path.of(question.text("path")), content).toString();
        }
    }

    /** Starts an execution and returns its id at once. */
    private String create(Question question) throws Exception {
        FlowInputOutput reader = bean(FlowInputOutput.class);
        return bean(TestRunnerUtils.class).runOneUntil(
            TENANT, question.text("namespace"), question.text("flow"), null,
            (flow, execution) -> reader.readExecutionInputs(flow, execution, question.map("inputs")),
            Duration.ofSeconds(60), execution -> true
        ).getId();
    }

    private Map<String, Object> get(String id) throws Exception {
        Execution execution = execution(id);
        Map<String, Object> found = new LinkedHashMap<>();
        found.put("execution", execution);
        found.put("task_outputs", taskOutputs(execution));
        found.put("outputs", bean(ExecutionOutputService.class).getOutputs(execution));
        return found;
    }

    private Map<String, Object> taskOutputs(Execution execution) throws Exception {
        Map<String, Object> found = new LinkedHashMap<>();
        for (TaskRun run : execution.getTaskRunList() == null ? List.<TaskRun>of() : execution.getTaskRunList()) {
            var outputs = bean(TaskOutputService.class).getOutputs(run);
            if (outputs != null && !outputs.isEmpty()) {
                found.put(run.getValue() == null ? run.getTaskId() : run.getTaskId() + "[" + run.getValue() + "]", outputs);
            }
        }
        return found;
    }

    private List<Map<String, Object>> list(String flow) {
        List<Map<String, Object>> found = new ArrayList<>();
        for (Execution execution : bean(ExecutionRepositoryInterface.class).findAllAsync(TENANT).toIterable()) {
            if (flow == null || flow.equals(execution.getFlowId())) {
                var trigger = execution.getTrigger() == null ? null : execution.getTrigger().getId();
                found.add(new LinkedHashMap<>(Map.of("id", execution.getId(), "flow", execution.getFlowId(),
                    "state", execution.getState().getCurrent().name(), "trigger", String.valueOf(trigger))));
            }
        }
        return found;
    }

    private Execution execution(String id) {
        return bean(ExecutionRepositoryInterface.class).findById(TENANT, id).orElseThrow(() -> new IllegalArgumentException("no execution " + id));
    }

    private <T> T bean(Class<T> type) {
        return context.getBean(type);
    }
}
