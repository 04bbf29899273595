package engine;

import io.kestra.core.http.HttpRequest;
import io.kestra.core.models.triggers.TriggerId;
import io.kestra.core.repositories.TriggerRepositoryInterface;
import io.kestra.core.scheduler.events.CreateBackfillTrigger;
import io.kestra.core.scheduler.queue.TriggerEventQueue;
import io.kestra.core.services.FlowService;
import io.kestra.core.services.WebhookService;
import io.kestra.core.utils.IdUtils;
import io.kestra.plugin.core.trigger.AbstractWebhookTrigger;
import io.kestra.plugin.core.trigger.WebhookContext;
import io.micronaut.context.ApplicationContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.ZonedDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Webhooks and schedules, as Kestra's webserver and scheduler use them. */
class Triggers {
    private final ApplicationContext context;

    Triggers(ApplicationContext context) {
        this.context = context;
    }

    /** What Kestra's webserver does for POST …/executions/webhook/NAMESPACE/FLOW/KEY, but for finding the key: that service is not published. */
    Map<String, Object> callWebhook(Question question) throws Exception {
        WebhookService service = context.getBean(WebhookService.class);
        var flow = context.getBean(FlowService.class).findById(Operations.TENANT, question.text("namespace"), question.text("flow")).orElseThrow();
        var trigger = flow.getTriggers().stream()
            .filter(AbstractWebhookTrigger.class::isInstance).map(AbstractWebhookTrigger.class::cast)
            .filter(candidate -> question.text("key").equals(key(service, flow, candidate)))
            .findFirst().orElseThrow(() -> new IllegalArgumentException("404: no webhook with that key"));
        var body = HttpRequest.StringRequestBody.builder().content(question.text("body", "{}"))
            .contentType("application/json").charset(StandardCharsets.UTF_8).build();
        var request = HttpRequest.of(URI.create("http://localhost/webhook"), "POST", body, Map.of("Content-Type", List.of("application/json")));
        var response = trigger.evaluate(WebhookContext.builder().request(request).flow(flow).trigger(trigger)
            .webhookService(service).executionId(IdUtils.create()).build()).block(Duration.ofSeconds(60));
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("response", String.valueOf(response));
        answer.put("body", response == null ? null : response.getBody());
        return answer;
    }

    /** The key as the trigger has it, rendered: it may be an expression such as secret('NAME'). */
    private static String key(WebhookService service, io.kestra.core.models.flows.Flow flow, AbstractWebhookTrigger trigger) {
        try {
            return service.runContext(flow, trigger).render(trigger.getKey());
        } catch (Exception error) {
            return null;
        }
    }

    String backfill(Question question) throws Exception {
        var window = new CreateBackfillTrigger.Backfill(ZonedDateTime.parse(question.text("start")), ZonedDateTime.parse(question.text("end")), question.map("inputs"), List.of());
        context.getBean(TriggerEventQueue.class).send(new CreateBackfillTrigger(id(question), window));
        return state(question);
    }

    String state(Question question) {
        return String.valueOf(context.getBean(TriggerRepositoryInterface.class).findById(id(question)));
    }

    private static TriggerId id(Question question) {
        return TriggerId.of(Operations.TENANT, question.text("namespace"), question.text("flow"), question.text("trigger"));
    }
}
