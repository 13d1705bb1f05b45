package hakube.services;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a provider told of a service. Never to be logged, it may hold a password.
 *
 * @param app full slug of the provider
 * @param values by upstream's keys; what the provider left out is absent
 */
record ServiceData(String app, Map<String, Object> values) {

    ServiceData {
        values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
    }

    /** @param providerKey {@code addon} in v1, {@code app} in v2 and in the file */
    Map<String, Object> wire(String providerKey) {
        Map<String, Object> wire = new LinkedHashMap<>(values);
        wire.put(providerKey, app);
        return wire;
    }

    @Override
    public String toString() {
        return "ServiceData[app=" + app + "]";
    }
}
