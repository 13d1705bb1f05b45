package hakube.api;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.google.gson.JsonParser;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ContractShapeTest {

    private static final String SHAPE =
            "json: name:string,addons=>apps:[{port:int?}],flags:{*:bool},host:ipv4,wait:int[v1],size:float?";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'name':'a','addons':[{'port':null}],'flags':{'x':true},'host':'1.2.3.4','wait':5,'size':null} | ''",
                "{'addons':[],'flags':{},'host':'1.2.3.4','wait':5,'size':1.5} | data.name is absent",
                "{'name':null,'addons':[],'flags':{},'host':'1.2.3.4','wait':5,'size':1} | data.name is no string: null",
                "{'name':'a','addons':[{'port':1.5}],'flags':{},'host':'1.2.3.4','wait':5,'size':1}"
                        + " | data.addons[0].port is no int: 1.5",
                "{'name':'a','addons':{},'flags':{'x':'yes'},'host':'1.2.3.4','wait':5,'size':1}"
                        + " | data.addons is no list: {};data.flags.x is no bool: \"yes\"",
                "{'name':'a','addons':[],'flags':{},'host':'::1','wait':'5','size':1}"
                        + " | data.host is no ipv4: \"::1\";data.wait is no int: \"5\"",
            })
    void eachFaultIsNamedWithItsPath(String json, String faults) {
        List<String> expected = faults.isEmpty() ? List.of() : List.of(faults.split(";", -1));

        assertEquals(expected, ContractShape.faults(SHAPE, JsonParser.parseString(json.replace('\'', '"'))));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{'id':'a','children':[{'id':'b','children':[{'id':'c'}]},{'id':'d'}]} | ''",
                "{'id':'a','children':[{'id':'b','children':[{'id':3}]}]} | data.children[0].children[0].id is no string: 3",
                "{'id':'a'} | data.children is absent",
            })
    void aShapeCanHoldItselfAndMustNot(String json, String faults) {
        List<String> expected = faults.isEmpty() ? List.of() : List.of(faults);

        assertEquals(
                expected,
                ContractShape.faults(
                        "json: id:string,children:[{id:string,children:[self]}]",
                        JsonParser.parseString(json.replace('\'', '"'))));
    }

    @Test
    void eachVersionHasItsOwnKeysAndNoneOfTheOther() {
        String shape = "json: addons=>apps:[string],wait:int[v1]";
        var first = JsonParser.parseString("{\"addons\":[],\"wait\":5}");
        var second = JsonParser.parseString("{\"apps\":[]}");

        assertEquals(List.of(), ContractShape.faults(shape, first, ContractShape.Version.V1));
        assertEquals(List.of(), ContractShape.faults(shape, second, ContractShape.Version.V2));
        assertEquals(
                List.of(
                        "data.addons is a key of the other version",
                        "data.apps is absent",
                        "data.wait is a key of the other version"),
                ContractShape.faults(shape, first, ContractShape.Version.V2));
        assertEquals(
                List.of("data.apps is a key of the other version", "data.addons is absent", "data.wait is absent"),
                ContractShape.faults(shape, second, ContractShape.Version.V1));
    }

    @Test
    void anObjectMayHoldOthersLikeItself() {
        String shape = "json: jobs:[{name:string,child_jobs:[self]}]";
        String json = "{'jobs':[{'name':'a','child_jobs':[{'name':'b','child_jobs':[]},{'name':1}]}]}";

        assertEquals(
                List.of("data.jobs[0].child_jobs[1].name is no string: 1"),
                ContractShape.faults(shape, JsonParser.parseString(json.replace('\'', '"'))));
    }
}
