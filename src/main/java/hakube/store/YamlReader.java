package hakube.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.events.SequenceStartEvent;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * YAML to plain values, straight from the parser's events: nothing is built that was not counted before. No tag but those
 * of plain text is obeyed, an alias costs what it stands for, and depth is limited. Not thread-safe, for one text.
 */
final class YamlReader {

    /** Far above any manifest in the field, far below what hurts. */
    static final int DEEPEST = 64;

    private static final int MOST_VALUES = 100_000;

    private static final LoadSettings SETTINGS =
            LoadSettings.builder().setUseMarks(true).setCodePointLimit(2 << 20).build();

    private static final String TAG = "tag:yaml.org,2002:";

    private final Iterator<Event> events;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private int values;

    /** @param size how many values it stands for, itself included */
    private record Anchored(Object value, int size) {}

    private YamlReader(String text) {
        events = new Parse(SETTINGS).parseString(text).iterator();
    }

    /**
     * Reads the first document.
     *
     * @return {@code null}, Boolean, Long, BigInteger, Double, String, List or Map in the order of the text
     */
    static Object read(String text) throws Unreadable {
        try {
            return new YamlReader(text).document();
        } catch (YamlEngineException e) {
            throw new Unreadable(
                    "no YAML: " + e.getMessage().lines().findFirst().orElse("cannot be parsed"));
        } catch (StackOverflowError e) {
            throw new Unreadable("no YAML: nested too deep");
        }
    }

    private Object document() throws Unreadable {
        while (events.hasNext()) {
            Event event = events.next();
            switch (event.getEventId()) {
                case StreamStart, DocumentStart, Comment -> {}
                case StreamEnd, DocumentEnd -> {
                    return null;
                }
                default -> {
                    Object value = value(event, 0);
                    if (events.next().getEventId() != Event.ID.DocumentEnd || next().isDocument()) {
                        throw new Unreadable("no YAML: more than one document");
                    }
                    return value;
                }
            }
        }
        return null;
    }

    private Following next() {
        return new Following(events.hasNext() ? events.next().getEventId() : Event.ID.StreamEnd);
    }

    private record Following(Event.ID id) {
        boolean isDocument() {
            return id == Event.ID.DocumentStart;
        }
    }

    private Object value(Event event, int depth) throws Unreadable {
        if (depth > DEEPEST) {
            throw new Unreadable("nested deeper than " + DEEPEST + " levels");
        }
        if (event instanceof AliasEvent alias) {
            Anchored target = anchors.get(alias.getAlias());
            if (target == null) {
                throw new Unreadable("the alias *" + alias.getAlias() + " stands for nothing that is complete");
            }
            count(target.size);
            return target.value;
        }
        int before = values;
        count(1);
        Object value =
                switch (event) {
                    case ScalarEvent scalar -> scalar(scalar);
                    case SequenceStartEvent start -> {
                        refuseTag(start.getTag(), "seq");
                        yield sequence(depth);
                    }
                    case MappingStartEvent start -> {
                        refuseTag(start.getTag(), "map");
                        yield mapping(depth);
                    }
                    default -> throw new Unreadable("no YAML: a value is missing");
                };
        Optional<Anchor> anchor = ((NodeEvent) event).getAnchor();
        if (anchor.isPresent()) {
            anchors.put(anchor.get(), new Anchored(value, values - before));
        }
        return value;
    }

    private List<Object> sequence(int depth) throws Unreadable {
        List<Object> list = new ArrayList<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.SequenceEnd; event = events.next()) {
            list.add(value(event, depth + 1));
        }
        return list;
    }

    private Map<Object, Object> mapping(int depth) throws Unreadable {
        Map<Object, Object> map = new LinkedHashMap<>();
        Map<Object, Object> merged = new LinkedHashMap<>();
        for (Event event = events.next(); event.getEventId() != Event.ID.MappingEnd; event = events.next()) {
            boolean merge = event instanceof ScalarEvent scalar
                    && scalar.isPlain()
                    && scalar.getValue().equals("<<");
            Object key = value(event, depth + 1);
            Object value = value(events.next(), depth + 1);
            if (key instanceof List || key instanceof Map) {
                throw new Unreadable("a key is a list or an object");
            } else if (merge) {
                merge(merged, value);
            } else {
                map.put(key, value);
            }
        }
        if (merged.isEmpty()) {
            return map;
        }
        merged.putAll(map);
        return merged;
    }

    private void merge(Map<Object, Object> into, Object value) throws Unreadable {
        switch (value) {
            case Map<?, ?> map -> map.forEach(into::putIfAbsent);
            case List<?> list -> {
                for (Object entry : list) {
                    if (!(entry instanceof Map<?, ?> map)) {
                        throw new Unreadable("<< merges objects only");
                    }
                    map.forEach(into::putIfAbsent);
                }
            }
            case null, default -> throw new Unreadable("<< merges objects only");
        }
    }

    private static Object scalar(ScalarEvent event) throws Unreadable {
        String tag = event.getTag().orElse("");
        if (tag.equals(TAG + "str") || tag.equals("!")) {
            return event.getValue();
        }
        refuseTag(event.getTag(), "");
        return event.isPlain() ? YamlScalars.meaning(event.getValue()) : event.getValue();
    }

    private static void refuseTag(Optional<String> tag, String expected) throws Unreadable {
        if (tag.isPresent() && !tag.get().equals(TAG + expected)) {
            throw new Unreadable("the tag " + tag.get() + " is not allowed");
        }
    }

    private void count(int more) throws Unreadable {
        values += more;
        if (values > MOST_VALUES) {
            throw new Unreadable("more than " + MOST_VALUES + " values, aliases counted");
        }
    }
}
