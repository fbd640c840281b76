package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.examples.verifier.domain.RequestRefusedException;
import io.github.measuredboot.examples.verifier.domain.VerifierService;
import io.github.measuredboot.examples.verifier.store.StoreUnavailableException;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.security.Roles;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.eclipse.jetty.server.NetworkConnectionLimit;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The HTTPS server: routes, who may call them, and what becomes of a failure. */
public final class Service implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Service.class);
    private static final Map<RequestRefusedException.Reason, Integer> STATUS = Map.of(
            RequestRefusedException.Reason.INVALID, 400,
            RequestRefusedException.Reason.UNAUTHORIZED, 401,
            RequestRefusedException.Reason.FORBIDDEN, 403,
            RequestRefusedException.Reason.NOT_FOUND, 404,
            RequestRefusedException.Reason.CONFLICT, 409,
            RequestRefusedException.Reason.NONCE_NOT_OPEN, 409,
            RequestRefusedException.Reason.LOG_UNKNOWN, 422);
    private static final int MAX_THREADS = 64;
    private static final int MAX_HEADERS = 16 << 10;
    private static final Duration SWEEP_INTERVAL = Duration.ofMinutes(10);

    private final VerifierService service;
    private final Settings settings;
    private final Meters meters = new Meters();
    private final Json json;
    private final Sessions sessions;
    private final Guard guard;
    private final Consumer<RoutesConfig> pages;
    private final EventStream events;
    private final Javalin javalin;
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor(runnable -> {
        Thread thread = new Thread(runnable, "scheduler");
        thread.setDaemon(true);
        return thread;
    });

    /**
     * Starts the server.
     *
     * @param service what it does
     * @param settings how it is run
     * @param pages adds the routes of pages
     */
    public Service(VerifierService service, Settings settings, Consumer<RoutesConfig> pages) {
        this.service = service;
        this.settings = settings;
        this.pages = pages;
        this.json = new Json(settings.requestTimeout());
        this.sessions = new Sessions(settings.operatorTokenSha256(), json, System::nanoTime);
        this.guard = new Guard(
                service.attestation()::isMachine,
                sessions,
                settings.operatorCertificates(),
                new RateLimiter(settings.requestsPerSecond(), settings.requestsPerSecond() * 2, System::nanoTime));
        this.events = new EventStream(service.feed(), json);
        this.javalin = Javalin.create(this::configure).start();
        long tick = Math.max(200, settings.tick().toMillis());
        scheduler.scheduleWithFixedDelay(() -> quietly(this::tick), tick, tick, TimeUnit.MILLISECONDS);
        long sweep = SWEEP_INTERVAL.toMillis();
        scheduler.scheduleWithFixedDelay(() -> quietly(service::sweep), sweep, sweep, TimeUnit.MILLISECONDS);
    }

    /** {@return the port that it listens on} */
    public int port() {
        return javalin.port();
    }

    /** {@return every route with its access, such as {@code GET /v1/machines operator}} */
    public List<String> routes() {
        return javalin.unsafe.internalRouter.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> endpoint.metadata(Roles.class) != null
                        && !endpoint.metadata(Roles.class).getRoles().isEmpty())
                .map(endpoint -> endpoint.method + " " + endpoint.path + " "
                        + endpoint.metadata(Roles.class)
                                .getRoles()
                                .iterator()
                                .next()
                                .toString()
                                .toLowerCase(Locale.ROOT))
                .sorted()
                .toList();
    }

    private void configure(JavalinConfig config) {
        config.startup.showJavalinBanner = false;
        config.http.prefer405over404 = true;
        config.http.maxRequestSize = Json.MAX_BODY;
        config.jetty.port = settings.port();
        config.jetty.threadPool = new QueuedThreadPool(MAX_THREADS);
        config.jetty.modifyHttpConfiguration(http -> {
            http.setSendServerVersion(false);
            http.setRequestHeaderSize(MAX_HEADERS);
        });
        config.jetty.modifyServer(
                server -> server.addBean(new NetworkConnectionLimit(settings.maxConnections(), server)));
        config.jetty.addConnector((server, http) -> settings.tls()
                .connector(
                        server,
                        http,
                        settings.host(),
                        settings.port(),
                        settings.requestTimeout().multipliedBy(3)));
        addRoutes(config.routes);
        addFailures(config.routes);
        config.requestLogger.http((ctx, millis) -> log(ctx, millis));
    }

    private void addRoutes(RoutesConfig routes) {
        routes.before(ctx -> ctx.header("X-Content-Type-Options", "nosniff").header("Cache-Control", "no-store"));
        routes.beforeMatched(guard::check);
        new MachineApi(service, meters, json).addTo(routes);
        new OperatorApi(service, json).addTo(routes);
        events.addTo(routes);
        sessions.addTo(routes);
        pages.accept(routes);
        routes.get("/metrics", ctx -> ctx.result(meters.scrape(service.fleet())), Access.OPERATOR);
        routes.get("/health/live", ctx -> ctx.result("live"), Access.PUBLIC);
        routes.get("/health/ready", this::ready, Access.PUBLIC);
        routes.get("/openapi.yaml", ctx -> ctx.contentType("application/yaml").result(openApi()), Access.PUBLIC);
    }

    private void ready(Context ctx) {
        boolean ready = service.isReady();
        ctx.status(ready ? 200 : 503).result(ready ? "ready" : "the database does not answer");
    }

    private static InputStream openApi() {
        return Objects.requireNonNull(Service.class.getResourceAsStream("/openapi.yaml"));
    }

    private void addFailures(RoutesConfig routes) {
        routes.exception(Problem.class, (problem, ctx) -> json.write(ctx, problem.status(), problem.body()));
        routes.exception(
                RequestRefusedException.class,
                (refused, ctx) -> json.write(
                        ctx,
                        STATUS.getOrDefault(refused.reason(), 500),
                        new Problem.Body(refused.reason().id(), refused.getMessage())));
        routes.exception(StoreUnavailableException.class, (failure, ctx) -> {
            LOG.atWarn().setCause(failure).log("the database failed");
            ctx.header("Retry-After", "5");
            json.write(ctx, 503, new Problem.Body("unavailable", "the database does not answer: try again"));
        });
        routes.exception(Exception.class, (failure, ctx) -> {
            LOG.atError().setCause(failure).log("a request failed");
            json.write(ctx, 500, new Problem.Body("internal", "the request failed"));
        });
    }

    private void log(Context ctx, float millis) {
        meters.answered(ctx.statusCode());
        LOG.atInfo()
                .addKeyValue("method", ctx.method().toString())
                .addKeyValue("path", ctx.path())
                .addKeyValue("status", ctx.statusCode())
                .addKeyValue("millis", Math.round(millis))
                .log("answered");
    }

    private void tick() {
        service.fleet().announceTimeouts();
        events.keepAlive();
    }

    private static void quietly(Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.atWarn().setCause(e).log("a scheduled task failed, and is run again");
        }
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        events.close();
        javalin.stop();
    }
}
