package org.yuanliu.codes;

import java.util.List;
import org.yuanliu.codes.Reading.Ambiguous;
import org.yuanliu.codes.Reading.Found;
import org.yuanliu.codes.Reading.Unreadable;
import org.yuanliu.codes.Refusal.Reason;

/**
 * Everything that one text may be.
 *
 * @param codes each scheme that it fits; several are a choice
 * @param persons the identity number that it may be; no code, and never to be written out
 * @param refusals why it is none of other schemes whose form it has; empty where there are codes
 */
public record Resolution(List<Code> codes, List<IdentityCard> persons, List<Refusal> refusals) {
  public Resolution {
    codes = List.copyOf(codes);
    persons = List.copyOf(persons);
    refusals = List.copyOf(refusals);
  }

  public boolean isAmbiguous() {
    return codes.size() + persons.size() > 1;
  }

  /** The same for those who look codes up: an identity number is refused. */
  Reading reading() {
    if (codes.size() == 1) {
      return new Found(codes.getFirst());
    }
    if (codes.size() > 1) {
      return new Ambiguous(codes);
    }
    if (!persons.isEmpty()) {
      return new Unreadable(List.of(new Refusal(Reason.PERSONAL, Scheme.IDENTITY_CARD)));
    }
    return new Unreadable(
        refusals.isEmpty() ? List.of(new Refusal(Reason.UNKNOWN_FORM, null)) : refusals);
  }
}
