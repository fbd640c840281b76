package io.github.measuredboot.examples.verifier.http;

import io.github.measuredboot.examples.verifier.domain.Fleet;
import io.github.measuredboot.examples.verifier.domain.Group;
import io.github.measuredboot.examples.verifier.domain.GroupDesk;
import io.github.measuredboot.examples.verifier.domain.Inspection;
import io.github.measuredboot.examples.verifier.domain.VerifierService;
import io.github.measuredboot.examples.verifier.store.Attestations;
import io.github.measuredboot.examples.verifier.store.Groups.StateRow;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** What operators call. */
final class OperatorApi {
    private static final Pattern EK_NAME = Pattern.compile("[0-9a-f]{44,132}");
    private static final int MAX_EKS = 10_000;

    private record GroupBody(
            String trust, String reference, boolean secureBootRequired, String bank, List<String> allowedEks) {}

    private record GroupView(String name, GroupBody policy, List<StateView> states) {}

    private record NewState(
            String label, String state, @MayBeAbsent String machine) {}

    private record StateView(
            long id,
            String label,
            Optional<String> machine,
            String sha256,
            Instant createdAt,
            Optional<Instant> retiredAt) {}

    private record Created(long id) {}

    private record History(long number, Instant at, String outcome, String message, Optional<Long> state) {}

    private record Progress(StateView state, List<GroupDesk.Member> machines) {}

    private record Rollout(List<Progress> states, List<GroupDesk.Member> neverAccepted) {}

    private final Fleet fleet;
    private final GroupDesk groups;
    private final Inspection inspection;
    private final Json json;

    OperatorApi(VerifierService service, Json json) {
        this.fleet = service.fleet();
        this.groups = service.groups();
        this.inspection = service.inspection();
        this.json = json;
    }

    void addTo(RoutesConfig routes) {
        routes.get("/v1/machines", ctx -> json.write(ctx, 200, fleet.machines()), Access.OPERATOR);
        routes.get("/v1/machines/{id}", this::inspect, Access.OPERATOR);
        routes.delete("/v1/machines/{id}", this::remove, Access.OPERATOR);
        routes.get("/v1/machines/{id}/attestations", this::history, Access.OPERATOR);
        routes.post("/v1/machines/{id}/attestations/{number}/rejudge", this::rejudge, Access.OPERATOR);
        routes.get("/v1/groups", this::groups, Access.OPERATOR);
        routes.get("/v1/groups/{group}", this::group, Access.OPERATOR);
        routes.put("/v1/groups/{group}", this::putGroup, Access.OPERATOR);
        routes.post("/v1/groups/{group}/states", this::addState, Access.OPERATOR);
        routes.get("/v1/groups/{group}/states/{state}", this::state, Access.OPERATOR);
        routes.delete("/v1/groups/{group}/states/{state}", this::retire, Access.OPERATOR);
        routes.get("/v1/groups/{group}/rollout", this::rollout, Access.OPERATOR);
    }

    private void inspect(Context ctx) {
        json.write(ctx, 200, inspection.inspect(ctx.pathParam("id")));
    }

    private void remove(Context ctx) {
        fleet.remove(ctx.pathParam("id"));
        ctx.status(204);
    }

    private void history(Context ctx) {
        json.write(
                ctx,
                200,
                fleet.history(ctx.pathParam("id")).stream()
                        .map(OperatorApi::view)
                        .toList());
    }

    private static History view(Attestations.Row row) {
        return new History(row.number(), row.at(), row.outcome(), row.message(), row.stateId());
    }

    private void rejudge(Context ctx) {
        json.write(ctx, 200, inspection.rejudge(ctx.pathParam("id"), number(ctx, "number")));
    }

    private void groups(Context ctx) {
        json.write(ctx, 200, groups.groups().stream().map(OperatorApi::view).toList());
    }

    private void group(Context ctx) {
        json.write(ctx, 200, view(groups.group(ctx.pathParam("group"))));
    }

    private static GroupView view(GroupDesk.Description group) {
        Group policy = group.policy();
        return new GroupView(
                policy.name(),
                new GroupBody(
                        Group.id(policy.trust()),
                        Group.id(policy.reference()),
                        policy.secureBootRequired(),
                        policy.bank().name(),
                        group.allowedEks()),
                group.states().stream().map(OperatorApi::view).toList());
    }

    private static StateView view(StateRow row) {
        return new StateView(row.id(), row.label(), row.machineId(), row.sha256(), row.createdAt(), row.retiredAt());
    }

    private void putGroup(Context ctx) {
        GroupBody body = json.read(ctx, GroupBody.class);
        if (body.allowedEks.size() > MAX_EKS
                || !body.allowedEks.stream().allMatch(ek -> EK_NAME.matcher(ek).matches())) {
            throw new Problem(
                    400, "invalid", "the name of a key is lower-case hexadecimal, as tpm2_readpublic prints it");
        }
        Group group = new Group(
                ctx.pathParam("group"),
                Group.value(Group.Trust.class, body.trust),
                Group.value(Group.Reference.class, body.reference),
                body.secureBootRequired,
                Group.bank(body.bank));
        groups.put(group, body.allowedEks);
        ctx.status(204);
    }

    private void addState(Context ctx) {
        NewState body = json.read(ctx, NewState.class);
        long id = groups.addState(
                ctx.pathParam("group"),
                Optional.ofNullable(body.machine),
                body.label,
                body.state.getBytes(StandardCharsets.UTF_8));
        json.write(ctx, 201, new Created(id));
    }

    private void state(Context ctx) {
        ctx.contentType("application/json").result(groups.state(ctx.pathParam("group"), number(ctx, "state")));
    }

    private void retire(Context ctx) {
        groups.retire(ctx.pathParam("group"), number(ctx, "state"));
        ctx.status(204);
    }

    private void rollout(Context ctx) {
        GroupDesk.Rollout rollout = groups.rollout(ctx.pathParam("group"));
        json.write(
                ctx,
                200,
                new Rollout(
                        rollout.states().stream()
                                .map(progress -> new Progress(view(progress.state()), progress.machines()))
                                .toList(),
                        rollout.neverAccepted()));
    }

    private static long number(Context ctx, String name) {
        try {
            return Long.parseLong(ctx.pathParam(name));
        } catch (NumberFormatException e) {
            throw new Problem(404, "not-found", "a number is expected in the path");
        }
    }
}
