package io.github.imagedelivery.ecr.delivery;

import io.github.imagedelivery.ecr.aws.AwsException;
import io.github.imagedelivery.ecr.aws.Ecr.Put;
import java.util.Optional;
import java.util.Set;

/** What the modelled repository answers to an operation. */
sealed interface Answer {
    /** Nothing came back. */
    Answer LOST = new Failure(AwsException.NO_ANSWER, 0);

    /** The request could not be sent. */
    Answer NOT_SENT = new Failure(AwsException.NOT_SENT, 0);

    /** Something that has to do with neither tag nor image stands against it: a quota, a right, a key. */
    Answer REFUSED = new Failure("LimitExceededException", 400);

    Answer TAG_EXISTS = new Failure("ImageTagAlreadyExistsException", 400);
    Answer LAYERS_MISSING = new Failure("LayersNotFoundException", 400);

    /** What a tag points at. */
    record Read(Optional<Content> value) implements Answer {
        @Override
        public String toString() {
            return value.map(Content::name).orElse("free");
        }
    }

    /** What an image is called. */
    record Tags(Set<Name> value) implements Answer {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** What a write of a tag did. */
    record Written(Put value) implements Answer {
        @Override
        public String toString() {
            return value.toString();
        }
    }

    /** Whether an image was there, or a write changed something. */
    record Truth(boolean value) implements Answer {
        @Override
        public String toString() {
            return Boolean.toString(value);
        }
    }

    /** A refusal, or no answer. */
    record Failure(String code, int status) implements Answer {
        AwsException exception() {
            return new AwsException(code, code, status, null);
        }

        @Override
        public String toString() {
            return code;
        }
    }
}
