package io.kestra.plugin.scripts.shell;

import io.kestra.core.models.annotations.Plugin;
import io.kestra.core.models.property.Property;
import io.kestra.core.models.tasks.RunnableTask;
import io.kestra.core.runners.RunContext;
import io.kestra.plugin.scripts.exec.AbstractExecScript;
import io.kestra.plugin.scripts.exec.scripts.models.ScriptOutput;
import java.util.List;

/**
 * A stand-in for the task of the same name in Kestra's plugin-script-shell, which no Maven repository serves.
 * Everything but the two properties below is Kestra's own AbstractExecScript: inputs, outputs, namespace files,
 * environment, timeouts and task runners.
 */
@Plugin
public class Commands extends AbstractExecScript implements RunnableTask<ScriptOutput> {
    private Property<List<String>> commands;
    private Property<String> containerImage;

    public Property<List<String>> getCommands() {
        return commands;
    }

    @Override
    public Property<String> getContainerImage() {
        return containerImage == null ? Property.ofValue("ubuntu") : containerImage;
    }

    @Override
    public ScriptOutput run(RunContext runContext) throws Exception {
        return commands(runContext)
            .withInterpreter(interpreter)
            .withBeforeCommands(beforeCommands)
            .withBeforeCommandsWithOptions(true)
            .withCommands(commands)
            .run();
    }
}
