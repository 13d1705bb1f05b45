package hakube.config;

import hakube.config.Rule.Refusal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.Config;
import org.eclipse.microprofile.config.ConfigValue;
import org.eclipse.microprofile.config.spi.ConfigSource;

/** One pass over the catalogue. */
record Reading(Config config, Surroundings surroundings, Values values, List<Fault> faults) {

    static Configuration read(Config config, Surroundings surroundings) {
        Reading reading = new Reading(config, surroundings, new Values(), new ArrayList<>());
        Catalogue.SETTINGS.forEach(reading::read);
        List<Fault> faults = new ArrayList<>(reading.faults);
        faults.addAll(Conflicts.among(reading.values));
        return faults.isEmpty()
                ? new Configuration.Read(
                        Catalogue.settings(reading.values),
                        reading.values.get(SupervisorVariables.SERVER_PORT),
                        reading.values.get(SupervisorVariables.MANAGEMENT_PORT),
                        Conflicts.warnings(config, reading.values))
                : new Configuration.Faulty(List.copyOf(faults));
    }

    private <T> void read(Setting<T> setting) {
        ConfigValue found;
        try {
            found = config.getConfigValue(setting.property());
        } catch (IllegalArgumentException e) {
            faults.add(fault(setting, Optional.empty(), "", "its expression cannot be resolved: " + e.getMessage()));
            return;
        }
        String text = found.getValue() == null ? "" : found.getValue().strip();
        if (!text.isEmpty()) {
            parse(setting, text, found.getSourceName());
        } else if (found.getRawValue() != null && !found.getRawValue().isBlank()) {
            faults.add(fault(
                    setting,
                    Optional.of(found.getRawValue()),
                    found.getSourceName(),
                    "its `${…}` refers to nothing that is set"));
        } else if (!(setting.emptyIsOff() && isEmptied(setting))) {
            fallBack(setting);
        }
    }

    private <T> void fallBack(Setting<T> setting) {
        switch (setting.fallback()) {
            case Setting.Fallback.Required _ -> faults.add(fault(setting, Optional.empty(), "", ""));
            case Setting.Fallback.RequiredWith(Setting<Boolean> other) -> {
                if (values.find(other).orElse(false)) {
                    faults.add(fault(
                            setting, Optional.empty(), "", "required since %s is true".formatted(other.variable())));
                }
            }
            case Setting.Fallback.Absent _ -> {}
            case Setting.Fallback.Fixed(String value) -> parse(setting, value, "default");
            case Setting.Fallback.Found found -> {
                try {
                    found.search()
                            .apply(surroundings, values)
                            .ifPresent(text -> parse(setting, text, "found, not set"));
                } catch (Refusal e) {
                    faults.add(fault(setting, Optional.empty(), "", e.getMessage()));
                }
            }
        }
    }

    private <T> void parse(Setting<T> setting, String text, String source) {
        try {
            values.put(setting, setting.rule().reader().read(text));
        } catch (Refusal e) {
            faults.add(fault(setting, Optional.of(text), source, e.getMessage()));
        }
    }

    /** {@link ConfigValue} does not tell an empty value from none. */
    private boolean isEmptied(Setting<?> setting) {
        for (ConfigSource source : config.getConfigSources()) {
            String value = source.getValue(setting.property());
            if (value != null) {
                return value.isBlank();
            }
        }
        return false;
    }

    private static Fault fault(Setting<?> setting, Optional<String> held, String source, String problem) {
        return new Fault(
                setting.variable(),
                held.map(Fault::masked),
                source,
                Fault.withoutSecrets(problem),
                setting.rule().allowed(),
                setting.example());
    }
}
