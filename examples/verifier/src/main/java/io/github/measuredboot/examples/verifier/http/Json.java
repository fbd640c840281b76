package io.github.measuredboot.examples.verifier.http;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import io.javalin.http.Context;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.lang.reflect.RecordComponent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Strict JSON: an unknown or repeated member, a missing one, a number for a text and a deep nesting are refused. */
final class Json {
    /** A log of a mebibyte, which is far more than firmware writes, in Base64, and the rest. */
    static final int MAX_BODY = 2 << 20;

    private static final int MAX_DEPTH = 8;

    private final ObjectMapper requests;
    private final ObjectMapper answers;
    private final Duration bodyTimeout;

    Json(Duration bodyTimeout) {
        this.bodyTimeout = bodyTimeout;
        requests = JsonMapper.builder()
                .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                .enable(
                        DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES,
                        DeserializationFeature.FAIL_ON_TRAILING_TOKENS,
                        DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
                .build();
        requests.getFactory()
                .setStreamReadConstraints(StreamReadConstraints.builder()
                        .maxDocumentLength(MAX_BODY)
                        .maxNestingDepth(MAX_DEPTH)
                        .build());
        SimpleModule texts = new SimpleModule();
        texts.addSerializer(Instant.class, ToStringSerializer.instance);
        texts.addSerializer(Optional.class, new OptionalSerializer());
        answers = JsonMapper.builder().addModule(texts).build();
    }

    /** Reads the body of a request. */
    <T extends Record> T read(Context ctx, Class<T> type) {
        String contentType = ctx.contentType();
        if (contentType == null || !contentType.startsWith("application/json")) {
            throw new Problem(415, "unsupported-media-type", "a body is application/json");
        }
        try {
            T body = requests.readValue(body(ctx), type);
            requireMembers(body, type);
            return body;
        } catch (JsonProcessingException e) {
            throw new Problem(400, "invalid", "the body is not the JSON that is documented: " + e.getOriginalMessage());
        } catch (IOException e) {
            throw new Problem(400, "invalid", "the body could not be read");
        }
    }

    private static void requireMembers(Object body, Class<?> type) {
        if (body == null) {
            throw new Problem(400, "invalid", "null");
        }
        for (RecordComponent component : type.getRecordComponents()) {
            Object value = member(body, component);
            boolean isMissing = value == null || (value instanceof List<?> list && list.contains(null));
            if (isMissing && !component.isAnnotationPresent(MayBeAbsent.class)) {
                throw new Problem(400, "invalid", "the member " + component.getName() + " is missing");
            }
            if (value instanceof Record inner) {
                requireMembers(inner, inner.getClass());
            }
        }
    }

    private static Object member(Object body, RecordComponent component) {
        try {
            Method accessor = component.getAccessor();
            accessor.setAccessible(true);
            return accessor.invoke(body);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Reads a body, which is limited in size and, all in all, in time. */
    byte[] body(Context ctx) throws IOException {
        if (ctx.req().getContentLengthLong() > MAX_BODY) {
            throw tooLarge();
        }
        long deadline = System.nanoTime() + bodyTimeout.toNanos();
        byte[] buffer = new byte[8192];
        try (InputStream in = ctx.req().getInputStream();
                ByteArrayOutputStream body = new ByteArrayOutputStream()) {
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                body.write(buffer, 0, read);
                if (body.size() > MAX_BODY) {
                    throw tooLarge();
                }
                if (System.nanoTime() - deadline > 0) {
                    throw new Problem(408, "too-slow", "the body took too long");
                }
            }
            return body.toByteArray();
        }
    }

    private static Problem tooLarge() {
        return new Problem(413, "too-large", "the body has more than " + MAX_BODY + " bytes");
    }

    /** Writes the body of an answer. */
    void write(Context ctx, int status, Object body) {
        ctx.status(status).contentType("application/json").result(text(body));
    }

    String text(Object value) {
        try {
            return answers.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
