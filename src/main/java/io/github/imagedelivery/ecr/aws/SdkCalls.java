package io.github.imagedelivery.ecr.aws;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Collection;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Tells each {@link SdkCall} of its requests, retries included, and lets none out over plain http. */
final class SdkCalls implements ExecutionInterceptor {
    /** Bytes of an answer that are read: two manifests of the longest kind, quoted, have room in it. */
    private static final int MAX_ANSWER = 12 * 1024 * 1024;

    /** Bytes of a refusal that are read. */
    private static final int MAX_ERROR = 1024 * 1024;

    @Override
    public void beforeTransmission(Context.BeforeTransmission context, ExecutionAttributes attributes) {
        SdkHttpRequest request = context.httpRequest();
        // The endpoint may come from the user's AWS profile, which is not read here.
        if (!Endpoint.isSafe(request.getUri())) {
            throw SdkClientException.create("plain http to " + request.host() + " is not allowed");
        }
        long bytes = request.firstMatchingHeader("Content-Length")
                .map(Long::parseLong)
                .orElse(0L);
        attributes.getAttribute(SdkCall.ATTRIBUTE).sending(request.host() + ":" + request.port(), bytes);
    }

    @Override
    public Optional<InputStream> modifyHttpResponseContent(
            Context.ModifyHttpResponse context, ExecutionAttributes attributes) {
        int limit = context.httpResponse().isSuccessful() ? MAX_ANSWER : MAX_ERROR;
        byte[] answer = new byte[0];
        if (context.responseBody().isPresent()) {
            try (InputStream body = context.responseBody().get()) {
                answer = body.readNBytes(limit + 1);
            } catch (IOException e) {
                throw SdkClientException.create("the answer broke off: " + e.getMessage(), e);
            }
        }
        attributes
                .getAttribute(SdkCall.ATTRIBUTE)
                .answered(context.httpResponse().statusCode(), answer.length);
        if (answer.length > limit) {
            throw SdkClientException.create("the answer is longer than " + limit + " bytes");
        }
        return Optional.of(new ByteArrayInputStream(answer));
    }

    /** The SDK passes on what no answer of AWS holds: a null among the items of a list. */
    @Override
    public void afterUnmarshalling(Context.AfterUnmarshalling context, ExecutionAttributes attributes) {
        if (holdsNullItem(context.response())) {
            throw SdkClientException.create("the answer has a null among the items of a list");
        }
    }

    private static boolean holdsNullItem(@Nullable Object value) {
        if (value instanceof SdkPojo structure) {
            return structure.sdkFields().stream().anyMatch(field -> holdsNullItem(field.getValueOrDefault(structure)));
        }
        return value instanceof Collection<?> items
                && items.stream().anyMatch(item -> item == null || holdsNullItem(item));
    }
}
