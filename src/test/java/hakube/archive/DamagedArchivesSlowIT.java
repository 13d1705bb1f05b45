package hakube.archive;

/** {@link DamagedArchivesTest} with all that there is time for. */
class DamagedArchivesSlowIT extends DamagedArchivesTest {

    @Override
    int generated() {
        return 3000;
    }

    @Override
    int offsets() {
        return 1000;
    }
}
