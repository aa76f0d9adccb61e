package io.github.imagedelivery.ecr.local;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.nio.channels.ClosedByInterruptException;

/** Brings the server's exchanges to a handler through the faults, sends the answers and records both. */
final class Door implements HttpHandler {
    private static final System.Logger LOGGER = System.getLogger(Door.class.getName());

    private final Faults faults;
    private final RequestLog log;
    private final Reader reader;
    private final Handler handler;

    Door(Faults faults, RequestLog log, Reader reader, Handler handler) {
        this.faults = faults;
        this.log = log;
        this.reader = reader;
        this.handler = handler;
    }

    /** Tells what a request is about. */
    @FunctionalInterface
    interface Reader {
        Subject read(Call call) throws IOException, Refusal;
    }

    @Override
    public void handle(HttpExchange exchange) {
        Call call = new Call(exchange);
        Subject subject = new Subject(call.method() + " " + call.path(), "", Plane.WEB);
        Reply reply = Reply.HUNG_UP;
        try {
            subject = reader.read(call);
            reply = faults.answer(call, subject, handler);
            call.drain();
        } catch (Refusal e) {
            reply = subject.plane().refuse(e);
        } catch (EOFException | InterruptedIOException | ClosedByInterruptException e) {
            // The client went away, or this server is being closed.
            reply = Reply.HUNG_UP;
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.WARNING, "the storage of the embedded ECR failed: {0}", e.toString());
            reply = subject.plane().refuse(500, "ServerException", "The storage of the registry failed.");
        }
        // Recorded first, so that a client that has its answer finds the record.
        log.add(record(call, subject, reply));
        send(exchange, call, reply);
    }

    private static RecordedRequest record(Call call, Subject subject, Reply reply) {
        long sent = call.isHead() ? 0 : Math.min(reply.length(), reply.cut());
        return new RecordedRequest(
                subject.kind(), subject.about(), reply.status(), call.received(), sent, call.connection());
    }

    /** Sends the answer; an exchange that is closed without one closes its connection. */
    private static void send(HttpExchange exchange, Call call, Reply reply) {
        try {
            if (reply.status() == 0) {
                return;
            }
            reply.headers().forEach(exchange.getResponseHeaders()::set);
            if (call.isHead() || reply.length() == 0) {
                exchange.getResponseHeaders().set("Content-Length", Long.toString(reply.length()));
                exchange.sendResponseHeaders(reply.status(), -1);
            } else {
                exchange.sendResponseHeaders(reply.status(), reply.length());
                copy(reply, exchange.getResponseBody());
            }
        } catch (IOException e) {
            LOGGER.log(System.Logger.Level.DEBUG, "a client went away: {0}", e.getMessage());
        } finally {
            exchange.close();
        }
    }

    /** Leaves the stream open when the answer is to be cut: then the exchange closes the connection. */
    private static void copy(Reply reply, OutputStream out) throws IOException {
        long left = Math.min(reply.length(), reply.cut());
        byte[] buffer = new byte[1 << 16];
        try (InputStream in = reply.body().open()) {
            while (left > 0) {
                int read = in.read(buffer, 0, (int) Math.min(buffer.length, left));
                if (read < 0) {
                    throw new EOFException("content is shorter than it was");
                }
                out.write(buffer, 0, read);
                out.flush();
                left -= read;
            }
        }
        if (reply.cut() >= reply.length()) {
            out.close();
        }
    }
}
