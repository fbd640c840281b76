package io.github.measuredboot.examples.verifier.web;

import io.github.measuredboot.boot.BootSummary;
import io.github.measuredboot.cli.html.BootInput;
import io.github.measuredboot.cli.html.BootPage;
import io.github.measuredboot.diagnosis.Diagnosis;
import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.github.measuredboot.examples.verifier.domain.Inspection.Examination;
import io.github.measuredboot.examples.verifier.domain.KnownState;
import io.github.measuredboot.examples.verifier.domain.RequestRefusedException;
import io.github.measuredboot.examples.verifier.domain.VerifierService;
import io.github.measuredboot.examples.verifier.http.Access;
import io.github.measuredboot.examples.verifier.http.Sessions;
import io.github.measuredboot.examples.verifier.store.Groups.StateRow;
import io.github.measuredboot.examples.verifier.store.StoreUnavailableException;
import io.github.measuredboot.examples.verifier.web.View.Frame;
import io.github.measuredboot.replay.ReplayedLog;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.io.StringWriter;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The routes of pages. They read; what changes something is done with the command line, or with the API. */
public final class Pages {
    private static final Logger LOG = LoggerFactory.getLogger(Pages.class);

    private final VerifierService service;
    private final Assets assets = new Assets();

    public Pages(VerifierService service) {
        this.service = service;
    }

    /** Adds the routes. */
    public void addTo(RoutesConfig routes) {
        routes.get("/", page(this::machines), Access.PAGE);
        routes.get("/machines/{id}", page(this::machine), Access.PAGE);
        routes.get("/machines/{id}/report", page(this::report), Access.PAGE);
        routes.get("/groups", page(this::groups), Access.PAGE);
        routes.get("/groups/{group}", page(this::group), Access.PAGE);
        routes.get("/rollout", page(this::rollout), Access.PAGE);
        routes.get("/login", this::login, Access.PUBLIC);
        routes.get("/assets/{name}", assets::send, Access.PUBLIC);
    }

    private Handler page(Handler page) {
        return ctx -> {
            try {
                page.handle(ctx);
            } catch (RequestRefusedException e) {
                error(ctx, 404, "Not found", Words.capital(e.getMessage()) + ".");
            } catch (StoreUnavailableException e) {
                LOG.atWarn().setCause(e).log("the database failed");
                error(ctx, 503, "Unavailable", "The database does not answer. Try again in a moment.");
            }
        };
    }

    private void error(Context ctx, int status, String title, String message) {
        Frame frame = frame(ctx, title, "");
        Html.write(ctx, status, (out, interceptor) -> JteerrorGenerated.render(out, interceptor, frame, message));
    }

    private Frame frame(Context ctx, String title, String current) {
        Instant now = service.timing().now();
        long refresh = Math.max(1, service.timing().interval().toSeconds());
        return new Frame(title, current, Sessions.isThere(ctx), Words.when(now, now), refresh);
    }

    private void machines(Context ctx) {
        View.Machines machines = MachineTable.of(
                service.fleet().machines(),
                new MachineTable.Choice(
                        parameter(ctx, "group"), parameter(ctx, "status"), number(parameter(ctx, "page"))),
                service.timing().now());
        Frame frame = frame(ctx, "Machines", "machines");
        Html.write(ctx, 200, (out, interceptor) -> JtemachinesGenerated.render(out, interceptor, frame, machines));
    }

    private static String parameter(Context ctx, String name) {
        String value = ctx.queryParam(name);
        return value == null ? "" : value;
    }

    private static int number(String text) {
        return text.matches("[1-9][0-9]{0,5}") ? Integer.parseInt(text) : 1;
    }

    private void machine(Context ctx) {
        String id = ctx.pathParam("id");
        Fleet.Machine machine = service.fleet().machine(id);
        Optional<Examination> newest = service.inspection().examine(id);
        View.Machine view = new MachinePage(
                        machine, newest, service.timing().now(), state -> stateName(machine.group(), state))
                .view(service.fleet().history(id));
        Frame frame = frame(ctx, machine.name(), "machines");
        Html.write(ctx, 200, (out, interceptor) -> JtemachineGenerated.render(out, interceptor, frame, view));
    }

    private String stateName(String group, long id) {
        return service.groups().group(group).states().stream()
                .filter(state -> state.id() == id)
                .map(StateRow::label)
                .findFirst()
                .orElse("?");
    }

    private void report(Context ctx) {
        String id = ctx.pathParam("id");
        Fleet.Machine machine = service.fleet().machine(id);
        Examination newest = service.inspection().examine(id).orElseThrow(Pages::noReport);
        ReplayedLog evidence = newest.evidence().orElseThrow(Pages::noReport);
        BootSummary summary = BootSummary.strongestBank(evidence)
                .map(bank -> BootSummary.of(evidence, bank))
                .orElseThrow(Pages::noReport);
        String name = "attestation " + newest.attestation().number() + " of " + machine.name();
        StringWriter fragment = new StringWriter();
        page(new BootInput(name, summary, evidence, Optional.empty()), newest.state(), machine.group())
                .writeFragmentTo(fragment);
        Frame frame = frame(ctx, "Boot of " + machine.name(), "machines");
        View.MachineRow row = MachineTable.row(machine, service.timing().now());
        boolean isOverruled = !newest.attestation().outcome().equals("accepted")
                && newest.diagnosis().filter(Diagnosis::isGood).isPresent();
        Html.write(
                ctx,
                200,
                (out, interceptor) -> JtereportGenerated.render(
                        out,
                        interceptor,
                        frame,
                        row,
                        isOverruled,
                        newest.attestation().message(),
                        fragment.toString()));
    }

    private BootPage page(BootInput boot, Optional<KnownState> state, String group) {
        return state.map(known -> BootPage.judged(boot, stateName(group, known.id()), known.state(), known.options()))
                .orElseGet(() -> BootPage.of(boot));
    }

    private static RequestRefusedException noReport() {
        return new RequestRefusedException(
                RequestRefusedException.Reason.NOT_FOUND, "there is no evidence that proves anything");
    }

    private void groups(Context ctx) {
        GroupPages pages = groupPages();
        List<View.GroupRow> rows =
                service.groups().groups().stream().map(pages::row).toList();
        Frame frame = frame(ctx, "Groups", "groups");
        Html.write(ctx, 200, (out, interceptor) -> JtegroupsGenerated.render(out, interceptor, frame, rows));
    }

    private GroupPages groupPages() {
        return new GroupPages(service.fleet().machines(), service.timing().now());
    }

    private void group(Context ctx) {
        String name = ctx.pathParam("group");
        View.Group view = groupPages()
                .group(service.groups().group(name), service.groups().rollout(name));
        Frame frame = frame(ctx, "Group " + name, "groups");
        Html.write(ctx, 200, (out, interceptor) -> JtegroupGenerated.render(out, interceptor, frame, view));
    }

    private void rollout(Context ctx) {
        GroupPages pages = groupPages();
        List<View.Rollout> rollouts = service.groups().groups().stream()
                .map(group -> group.policy().name())
                .map(name -> pages.rollout(name, service.groups().rollout(name)))
                .toList();
        Frame frame = frame(ctx, "Rollout", "rollout");
        Html.write(ctx, 200, (out, interceptor) -> JterolloutGenerated.render(out, interceptor, frame, rollouts));
    }

    private void login(Context ctx) {
        Frame frame = frame(ctx, "Log in", "login");
        boolean isWrong = ctx.queryParam("wrong") != null;
        String next = parameter(ctx, "next");
        Html.write(ctx, 200, (out, interceptor) -> JteloginGenerated.render(out, interceptor, frame, isWrong, next));
    }
}
