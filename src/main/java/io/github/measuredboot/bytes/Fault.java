package io.github.measuredboot.bytes;

import java.io.Serializable;

/**
 * What is wrong with a piece of data, and where.
 *
 * @param offset the position of the field in the whole input, in bytes from its start
 * @param structure the structure that could not be read, by the name of its specification
 * @param field the field of that structure
 * @param reason why the field is not acceptable, with the values that were found
 */
public record Fault(long offset, String structure, String field, String reason) implements Serializable {
    /**
     * One line for a person.
     *
     * @return structure, field, offset and reason
     */
    public String message() {
        return structure + "." + field + " at offset " + offset + ": " + reason;
    }
}
