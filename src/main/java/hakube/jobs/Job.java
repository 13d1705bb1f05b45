package hakube.jobs;

import hakube.api.ApiFailure;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * Work that is under way, for whoever does it to say how far it is. Once it is done every change is an
 * {@link IllegalStateException}.
 */
public final class Job {

    static final ScopedValue<Job> CURRENT = ScopedValue.newInstance();

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSxxx").withZone(ZoneOffset.UTC);
    private static final double WHOLE = 100;

    private final Work work;
    private final String uuid;
    private final String created;
    private final Optional<Job> parent;
    private final Ledger ledger;
    private volatile Standing now;

    Job(Work work, Optional<Job> parent, Ledger ledger) {
        this.work = work;
        this.uuid = UUID.randomUUID().toString().replace("-", "");
        this.created = TIME.format(Instant.now());
        this.parent = parent;
        this.ledger = ledger;
        this.now = new Standing(work.reference().orElse(null), 0, null, null, List.of(), null);
    }

    /** What an earlier process has not come to the end of: it is done, and has failed. */
    Job(Journal.Entry left, Ledger ledger) {
        this.work = Work.of(left.name()).kept();
        this.uuid = left.uuid();
        this.created = Optional.ofNullable(left.created()).orElseGet(() -> TIME.format(Instant.now()));
        this.parent = Optional.empty();
        this.ledger = ledger;
        JobError error =
                JobError.of(new ApiFailure.BadRequest("The Supervisor ended before this job did"), work, left.stage());
        this.now = new Standing(left.reference(), 0, left.stage(), true, List.of(error), null);
    }

    /**
     * How far it is.
     *
     * @param progress 0 to 100
     * @param done null before it begins
     * @param extra may be null
     */
    record Standing(
            String reference,
            double progress,
            String stage,
            Boolean done,
            List<JobError> errors,
            Map<String, Object> extra) {

        Standing {
            if (progress < 0 || progress > WHOLE) {
                throw new IllegalArgumentException("A job cannot be at " + progress + " %");
            }
            errors = List.copyOf(errors);
        }

        Standing at(double newProgress, String newStage) {
            return new Standing(reference, newProgress, newStage, done, errors, extra);
        }

        Standing with(JobError error) {
            List<JobError> more = new ArrayList<>(errors);
            more.add(error);
            return new Standing(reference, progress, stage, done, more, extra);
        }

        Standing begun() {
            return new Standing(reference, progress, stage, false, errors, extra);
        }

        Standing ended(boolean isWhole) {
            return new Standing(reference, isWhole ? WHOLE : progress, stage, true, errors, extra);
        }

        boolean isDone() {
            return Boolean.TRUE.equals(done);
        }
    }

    /** The job that this thread works on; a thread that a job starts by itself works on none. */
    public static Optional<Job> current() {
        return CURRENT.isBound() ? Optional.of(CURRENT.get()) : Optional.empty();
    }

    /** Says of the present job how much is done, 0 to 100; fine where there is none. */
    public static void progressed(double progress) {
        current().ifPresent(job -> job.progress(progress));
    }

    /** 32 hex digits; clients call it {@code job_id}. */
    public String uuid() {
        return uuid;
    }

    /** Goes on to a stage, upstream's word. */
    public void stage(String stage) {
        change(standing -> standing.at(standing.progress(), stage));
    }

    /** Says how much is done, 0 to 100; what is less than before is not told. */
    public void progress(double progress) {
        change(standing -> standing.at(Math.max(progress, standing.progress()), standing.stage()));
    }

    /** Says what it works on, where that is known only later: a backup's slug. */
    public void reference(String reference) {
        change(standing -> new Standing(
                reference,
                standing.progress(),
                standing.stage(),
                standing.done(),
                standing.errors(),
                standing.extra()));
    }

    /** Gives details in upstream's form for this kind of job. */
    public void extra(Map<String, Object> extra) {
        change(standing -> new Standing(
                standing.reference(),
                standing.progress(),
                standing.stage(),
                standing.done(),
                standing.errors(),
                Map.copyOf(extra)));
    }

    /** Notes a failure that does not end the job. */
    public void error(Throwable failure) {
        change(standing -> standing.with(JobError.of(failure, work, standing.stage())));
    }

    String created() {
        return created;
    }

    Work work() {
        return work;
    }

    Standing now() {
        return now;
    }

    void put(Standing changed) {
        now = changed;
    }

    /** Whether it stays when it is done, by itself or because the job around it does. */
    boolean isKept() {
        return work.isKept() || parent.map(Job::isKept).orElse(false);
    }

    /** Whether this is {@code other}, or runs inside of it. */
    boolean isWithin(Job other) {
        return this == other || parent.map(outer -> outer.isWithin(other)).orElse(false);
    }

    /** The next job around it that is not internal. */
    Optional<Job> visibleParent() {
        return parent.flatMap(outer -> outer.work.isInternal() ? outer.visibleParent() : Optional.of(outer));
    }

    /** As the REST API shows it. */
    JobInfo info(List<JobInfo> children) {
        Standing standing = now;
        return new JobInfo(
                work.name(),
                standing.reference(),
                uuid,
                rounded(standing.progress()),
                standing.stage(),
                standing.done(),
                standing.errors(),
                created,
                standing.extra(),
                children);
    }

    /** As the event shows it. */
    Map<String, Object> fields() {
        Standing standing = now;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("name", work.name());
        fields.put("reference", standing.reference());
        fields.put("uuid", uuid);
        fields.put("progress", rounded(standing.progress()));
        fields.put("stage", standing.stage());
        fields.put("done", standing.done());
        fields.put("parent_id", visibleParent().map(Job::uuid).orElse(null));
        fields.put("errors", standing.errors().stream().map(JobError::fields).toList());
        fields.put("created", created);
        fields.put("extra", standing.extra());
        return fields;
    }

    private void change(UnaryOperator<Standing> change) {
        ledger.change(this, change);
    }

    private static double rounded(double progress) {
        return Math.round(progress * 10) / 10.0;
    }
}
