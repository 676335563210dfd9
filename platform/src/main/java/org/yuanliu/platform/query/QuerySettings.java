package org.yuanliu.platform.query;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * What one query may cost.
 *
 * @param rareRows rows of one value that are read whole instead of in their order: some
 *     milliseconds
 * @param firstRows rows that are read in order before the slices of the index are asked: what a
 *     frequent value needs, some milliseconds
 * @param sliceEvents positions of the journal in one slice of the index: more make frequent values
 *     cheaper, fewer leave less behind the last slice. It may change at any time, for new slices
 * @param scanRows rows of the index that one page looks at
 * @param decodeEvents events that one page decodes to hold them against conditions that no index
 *     decides
 * @param sortEvents results that are put in the order of an extension field
 * @param namedQueries of one party
 * @param prefixTable lines {@code beginning,length}: how long company prefixes are, for the
 *     translation of Digital Links into EPC URNs; null: none is known
 */
@Validated
@ConfigurationProperties("yuanliu.query")
public record QuerySettings(
    @Min(0) @Max(100_000) @DefaultValue("2000") int rareRows,
    @Min(1) @Max(10_000) @DefaultValue("640") int firstRows,
    @Min(16) @Max(16_384) @DefaultValue("4096") int sliceEvents,
    @Min(1_000) @Max(10_000_000) @DefaultValue("200000") int scanRows,
    @Min(100) @Max(1_000_000) @DefaultValue("20000") int decodeEvents,
    @Min(100) @Max(100_000) @DefaultValue("5000") int sortEvents,
    @Min(1) @DefaultValue("1000") int namedQueries,
    @Nullable Path prefixTable) {}
