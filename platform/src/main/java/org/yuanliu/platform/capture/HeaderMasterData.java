package org.yuanliu.platform.capture;

import static java.util.Objects.requireNonNull;

import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.yuanliu.epcis.DocumentHeader;
import org.yuanliu.platform.access.Caller;
import org.yuanliu.platform.access.Permission;
import org.yuanliu.platform.journal.EntryKind;
import org.yuanliu.platform.problem.ProblemException;
import org.yuanliu.platform.query.Vocabularies;
import org.yuanliu.platform.registry.MasterDataMapper;
import org.yuanliu.platform.registry.Registrar;
import org.yuanliu.platform.registry.RegistryCommand;

/**
 * Keeps the master data of a document's header as what its sender says, and registers the places
 * and products that a document's header brings along. What the sender may not register, a partner's
 * place for instance, is left alone: it came along for information, stays in the kept document, and
 * is no reason to refuse the events.
 */
@Component
final class HeaderMasterData {
  private static final Logger log = LoggerFactory.getLogger(HeaderMasterData.class);

  private final MasterDataMapper mapper;
  private final Registrar registrar;

  private final Vocabularies vocabularies;

  HeaderMasterData(MasterDataMapper mapper, Registrar registrar, Vocabularies vocabularies) {
    this.vocabularies = requireNonNull(vocabularies, "vocabularies is null");
    this.mapper = requireNonNull(mapper, "mapper is null");
    this.registrar = requireNonNull(registrar, "registrar is null");
  }

  /**
   * @return whether anything was registered that was not there
   */
  boolean register(Caller caller, DocumentHeader header) {
    vocabularies.store(caller, header);
    if (!caller.may(Permission.REGISTER)) {
      return false;
    }
    MasterDataMapper.Mapped mapped = mapper.map(header);
    boolean changed = false;
    int refused = 0;
    for (RegistryCommand command : mapped.commands()) {
      try {
        changed |=
            registrar.submit(caller, EntryKind.MASTER_DATA, List.of(command)).stream()
                .anyMatch(Registrar.Result::created);
      } catch (ProblemException e) {
        refused++;
      }
    }
    if (refused > 0 || !mapped.unmapped().isEmpty()) {
      log.info(
          "master data of a document: {} taken, {} refused, {} not mapped",
          mapped.commands().size() - refused,
          refused,
          mapped.unmapped().size());
    }
    return changed;
  }
}
