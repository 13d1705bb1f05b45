package hakube.link;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;

import hakube.link.HttpConfig.Step;
import java.util.List;
import org.junit.jupiter.api.Test;

class HttpConfigTest {

    private static final List<String> WANTED = List.of("10.42.0.0/16", "fd00:10:42::/56");
    private static final String PLAIN = "{'server_port':8123,'ip_ban_enabled':true,'created_at':'x','error':null}";
    private static final String TRUSTING =
            "{'server_port':8123,'use_x_forwarded_for':true,'trusted_proxies':['fd00:10:42:0::/56','10.42.0.0/16'],'error':null}";

    @Test
    void aCoreThatTrustsThemNeedsNothing() throws CoreAway {
        assertEquals(new Step.Nothing(), step(TRUSTING, "null", "stable"));
        assertEquals(new Step.Nothing(), config(PLAIN, "null", "stable").step(List.of()));
    }

    @Test
    void whatWasImportedIsOnTrialAndPromoted() throws CoreAway {
        assertEquals(new Step.Promote(), step(PLAIN, TRUSTING, "pending"));
    }

    @Test
    void oneThatIsToBeTriedAtTheNextStartIsWaitedFor() throws CoreAway {
        assertEquals(new Step.Wait(), step(PLAIN, TRUSTING, "stable"));
    }

    @Test
    void thePersonsOwnTrialIsLeftAlone() throws CoreAway {
        assertEquals(new Step.Wait(), step(PLAIN, PLAIN, "pending"));
    }

    @Test
    void whatCoreGaveUpIsNotTriedAgain() throws CoreAway {
        String failed = TRUSTING.replace("'error':null", "'error':'not_promoted'");
        assertEquals(new Step.GivenUp("not_promoted"), step(PLAIN, failed, "stable"));
    }

    @Test
    void whereTheyAreMissingEverythingElseStays() throws CoreAway {
        String known = "{'server_port':9000,'ssl_profile':'x','trusted_proxies':['172.30.33.0/24','10.42.0.0/16'],"
                + "'created_at':'x','error':null,'error_message':null}";
        Step.Configure step = assertInstanceOf(Step.Configure.class, step(known, "null", "stable"));
        assertEquals(
                "{'server_port':9000,'ssl_profile':'x','trusted_proxies':['172.30.33.0/24','10.42.0.0/16','fd00:10:42::/56'],"
                        + "'use_x_forwarded_for':true}",
                step.config().toString().replace('"', '\''));
    }

    private static Step step(String stable, String pending, String active) throws CoreAway {
        return config(stable, pending, active).step(WANTED);
    }

    private static HttpConfig config(String stable, String pending, String active) throws CoreAway {
        return new HttpConfig(Wire.object(("{'stable':" + stable + ",'pending':" + pending + ",'revert_at':null,"
                        + "'active_config_type':'" + active + "','default':{}}")
                .replace('\'', '"')));
    }
}
