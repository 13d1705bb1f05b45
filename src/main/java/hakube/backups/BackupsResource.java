package hakube.backups;

import hakube.access.CallerContext;
import hakube.api.ApiFailure;
import hakube.api.ApiVersion;
import hakube.api.Envelope;
import hakube.api.HeadersOnly;
import jakarta.inject.Inject;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * {@code /backups} in version 1 of the API (upstream {@code supervisor/api/backups.py}, 2026-08).
 */
@Path("/backups")
@Produces(MediaType.APPLICATION_JSON)
public class BackupsResource {

    private static final String TAR = "application/tar";
    private static final int PARTIAL_CONTENT = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    private final Backups backups;
    private final BackupMaker maker;
    private final BackupRestorer restorer;
    private final BackupFreeze freeze;
    private final BackupUpload uploads;
    private final ApiVersion version;
    private final BackupAnswers answers;

    @Inject
    BackupsResource(
            Backups backups, BackupMaker maker, BackupRestorer restorer, BackupFreeze freeze, BackupUpload uploads) {
        this(backups, maker, restorer, freeze, uploads, ApiVersion.V1);
    }

    BackupsResource(
            Backups backups,
            BackupMaker maker,
            BackupRestorer restorer,
            BackupFreeze freeze,
            BackupUpload uploads,
            ApiVersion version) {
        this.backups = backups;
        this.maker = maker;
        this.restorer = restorer;
        this.freeze = freeze;
        this.uploads = uploads;
        this.version = version;
        this.answers = new BackupAnswers(version);
    }

    @GET
    public Envelope list() {
        return Envelope.ok(answers.list(backups.all()));
    }

    @GET
    @Path("info")
    public Envelope info() {
        return Envelope.ok(answers.info(backups.all(), backups.options()));
    }

    @POST
    @Path("options")
    public Envelope options(String body) {
        backups.change(body);
        return Envelope.ok();
    }

    @POST
    @Path("reload")
    public Envelope reload() {
        backups.reload();
        return Envelope.ok();
    }

    @GET
    @Path("{slug}/info")
    public Envelope details(@PathParam("slug") String slug) {
        return Envelope.ok(answers.details(backups.find(slug)));
    }

    @POST
    @Path("new/full")
    public Envelope makeFull(@Context ContainerRequestContext request, String body) {
        return Envelope.ok(answers.started(maker.make(CreateReader.full(body, CallerContext.of(request)))));
    }

    @POST
    @Path("new/partial")
    public Envelope makePartial(@Context ContainerRequestContext request, String body) {
        return Envelope.ok(answers.started(maker.make(CreateReader.partial(body, version, CallerContext.of(request)))));
    }

    @POST
    @Path("new/upload")
    public Envelope upload(
            @Context ContainerRequestContext request,
            @QueryParam("location") List<String> locations,
            @QueryParam("filename") String fileName,
            InputStream body) {
        List<BackupLocation> places = locations.isEmpty()
                ? List.of(BackupLocation.LOCAL)
                : LocationRequest.ofQuery(locations, CallerContext.of(request));
        Optional<String> name = Optional.ofNullable(fileName).map(FileName::require);
        String boundary = Optional.ofNullable(request.getMediaType())
                .filter(type -> type.getType().equalsIgnoreCase("multipart"))
                .map(type -> type.getParameters().get("boundary"))
                .orElseThrow(FirstPart::malformed);
        return Envelope.ok(Map.of("slug", uploads.take(body, boundary, places, name)));
    }

    @POST
    @Path("{slug}/restore/full")
    public Envelope restoreFull(@Context ContainerRequestContext request, @PathParam("slug") String slug, String body) {
        Backup backup = backups.find(slug);
        return restore(backup, RestoreReader.full(backup, body, CallerContext.of(request)));
    }

    @POST
    @Path("{slug}/restore/partial")
    public Envelope restorePartial(
            @Context ContainerRequestContext request, @PathParam("slug") String slug, String body) {
        Backup backup = backups.find(slug);
        return restore(backup, RestoreReader.partial(backup, body, version, CallerContext.of(request)));
    }

    private Envelope restore(Backup backup, RestoreRequest wanted) {
        try {
            return Envelope.ok(answers.started(restorer.restore(backup, wanted)));
        } catch (ApiFailure.NotFound gone) {
            backups.reloadLater();
            throw gone;
        }
    }

    @POST
    @Path("freeze")
    public Envelope freeze(String body) {
        freeze.freeze(FreezeReader.read(body));
        return Envelope.ok();
    }

    @POST
    @Path("thaw")
    public Envelope thaw() {
        freeze.thaw();
        return Envelope.ok();
    }

    @DELETE
    @Path("{slug}")
    public Envelope remove(@Context ContainerRequestContext request, @PathParam("slug") String slug, String body) {
        Backup backup = backups.find(slug);
        List<BackupLocation> named = LocationRequest.read(body, CallerContext.of(request));
        if (named.isEmpty()) {
            LocationRequest.requireMay(CallerContext.of(request), backup.location());
        }
        backups.remove(slug, named.isEmpty() ? backup.files().keySet() : named);
        return Envelope.ok();
    }

    @GET
    @Path("{slug}/download")
    public Response download(
            @Context ContainerRequestContext request,
            @PathParam("slug") String slug,
            @QueryParam("location") String location)
            throws IOException {
        Backup backup = backups.find(slug);
        Optional<BackupLocation> place =
                location == null ? Optional.of(backup.location()) : BackupLocation.named(location);
        place.ifPresent(named -> LocationRequest.requireMay(CallerContext.of(request), named));
        BackupLocation from = place.filter(backup.files()::containsKey)
                .orElseThrow(() -> new ApiFailure.BadRequest("Backup " + slug + " is not in location "
                        + place.map(named -> named.wire().orElse("None")).orElse(location)));
        Optional<Download> download = Download.of(backup, from);
        if (download.isEmpty()) {
            backups.reloadLater();
            return Response.status(Response.Status.NOT_FOUND).build();
        }
        return send(download.get(), header -> Optional.ofNullable(request.getHeaderString(header)));
    }

    private static Response send(Download file, Function<String, Optional<String>> headers) {
        Preconditions conditions = new Preconditions(
                headers.apply(HttpHeaders.IF_MATCH),
                headers.apply(HttpHeaders.IF_UNMODIFIED_SINCE),
                headers.apply(HttpHeaders.IF_NONE_MATCH),
                headers.apply(HttpHeaders.IF_MODIFIED_SINCE));
        return switch (conditions.of(file.tag(), file.modified())) {
            case SEND -> send(file, headers.apply("Range"), headers.apply("If-Range"));
            case FAILED -> Response.status(Response.Status.PRECONDITION_FAILED).build();
            case NOT_MODIFIED ->
                Response.notModified()
                        .header(HttpHeaders.ETAG, file.tag())
                        .header(HttpHeaders.LAST_MODIFIED, file.lastModified())
                        .build();
        };
    }

    private static Response send(Download file, Optional<String> range, Optional<String> unless) {
        return switch (file.wanted(range, unless)) {
            case ByteRange.Whole ignored -> body(Response.ok(), file, 0, file.size());
            case ByteRange.Part part ->
                body(
                        Response.status(PARTIAL_CONTENT)
                                .header(
                                        "Content-Range",
                                        "bytes %d-%d/%d"
                                                .formatted(part.from(), part.from() + part.count() - 1, file.size())),
                        file,
                        part.from(),
                        part.count());
            case ByteRange.Outside ignored ->
                Response.status(RANGE_NOT_SATISFIABLE)
                        .header("Content-Range", "bytes */" + file.size())
                        .build();
        };
    }

    private static Response body(Response.ResponseBuilder answer, Download file, long from, long count) {
        answer.type(TAR)
                .header(HttpHeaders.CONTENT_DISPOSITION, file.disposition())
                .header(HttpHeaders.CONTENT_LENGTH, count)
                .header(HttpHeaders.ETAG, file.tag())
                .header(HttpHeaders.LAST_MODIFIED, file.lastModified())
                .header("Accept-Ranges", "bytes");
        if (!HeadersOnly.areAsked()) {
            answer.entity((StreamingOutput) out -> file.copy(from, count, out));
        }
        return answer.build();
    }
}
