package org.yuanliu.platform.database;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.validation.annotation.Validated;

/**
 * Where the platform stores.
 *
 * @param url {@code jdbc:postgresql://…}; empty for the embedded server
 * @param user of the database by URL
 * @param password of the database by URL
 * @param port of the embedded server on the loopback interface; 0 for any free one
 * @param startLimit how long the embedded server may take to start, recovery after a crash included
 * @param sharedBuffersMb page cache of the embedded server
 * @param reserveMb of the embedded server's disk: with less left nothing more is stored, so that
 *     reading goes on
 * @param olderRelease whether a cluster of an older PostgreSQL is run, with the programs that it
 *     left in the data folder; a backup always does
 * @param unfinishedRestore whether a database is opened in which a restore was cut off; a restore
 *     alone does
 * @param connections at most, of this server process
 * @param connectionLimit how long a request waits for a connection before it is told 503
 */
@Validated
@ConfigurationProperties("yuanliu.database")
record DatabaseSettings(
    @NotNull @DefaultValue("") String url,
    @NotNull @DefaultValue("") String user,
    @NotNull @DefaultValue("") String password,
    @Min(0) @Max(65535) @DefaultValue("0") int port,
    @NotNull @DefaultValue("5m") Duration startLimit,
    @Min(16) @Max(65536) @DefaultValue("256") int sharedBuffersMb,
    @Min(0) @Max(1_048_576) @DefaultValue("256") int reserveMb,
    @DefaultValue("false") boolean olderRelease,
    @DefaultValue("false") boolean unfinishedRestore,
    @Min(4) @Max(500) @DefaultValue("24") int connections,
    @NotNull @DefaultValue("5s") Duration connectionLimit) {}
