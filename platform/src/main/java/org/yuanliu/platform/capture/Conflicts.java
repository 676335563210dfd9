package org.yuanliu.platform.capture;

import java.util.List;
import java.util.function.IntFunction;
import org.yuanliu.platform.binding.EpcisProblems;
import org.yuanliu.platform.journal.EntryRef;
import org.yuanliu.platform.journal.Outcome;
import org.yuanliu.platform.problem.Problem;
import org.yuanliu.platform.problem.Problem.Detail;

/** Tells which events have the identity of another record and say something else. */
final class Conflicts {
  /** As many as a document's other faults that are told at once. */
  private static final int MAX_DETAILS = 100;

  private Conflicts() {}

  static Problem problem(List<Outcome.Conflict> conflicts, IntFunction<String> pointer) {
    List<Detail> details =
        conflicts.stream().limit(MAX_DETAILS).map(conflict -> detail(conflict, pointer)).toList();
    return EpcisProblems.conflict(details);
  }

  private static Detail detail(Outcome.Conflict conflict, IntFunction<String> pointer) {
    EntryRef stored = conflict.stored();
    String zh =
        stored == null
            ? "同一文档中前面的事件有相同标识而内容不同"
            : "标识与已登记的记录 " + stored + " 相同而内容不同；更正请用新事件，撤销请用错误声明";
    String en =
        stored == null
            ? "an earlier event of this document has the same identity and says something else"
            : "record "
                + stored
                + " has the same identity and says something else; correct by a new event, withdraw"
                + " by an error declaration";
    return new Detail("identity-conflict", pointer.apply(conflict.index()), zh, en);
  }
}
