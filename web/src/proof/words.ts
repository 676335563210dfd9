/** The sentences of the proof, in both languages. Placeholders {0}, {1}… are a finding's facts. */

import { written } from '../moment'
import type { Code, Finding } from './verify'

export type Language = 'zh' | 'en'

type Sentence = readonly [zh: string, en: string]

const SENTENCES: Record<Code, Sentence> = {
  CONTENT: ['内容与当时记录的一字不差。', 'The content is, to the last byte, what was recorded.'],
  CONTENT_ERASED: [
    '内容已于 {0} 依规删除（{1}）；记录仍在，可以证明，但内容无法核对。',
    'The content was erased on {0} ({1}); the record is still there, its content cannot be compared.',
  ],
  CONTENT_WITHHELD: ['内容不对您公开。', 'The content is not open to you.'],
  VALUES: ['{0} 项个人信息与记录的承诺一致。', '{0} personal values fit their commitments.'],
  VALUES_ERASED: [
    '{0} 项个人信息已删除；凭证照样有效。',
    '{0} personal values were erased; the proof still holds.',
  ],
  VALUES_WITHHELD: ['{0} 项个人信息未对您公开。', '{0} personal values are not open to you.'],
  INCLUSION: [
    '第 {1} 位的记录在日志里，与当时全部 {2} 条一起签过名；登记以后没有改过。',
    'Record {1} is in the log, signed together with all {2} that it then had; unchanged since.',
  ],
  LOG_SIGNATURE: [
    '日志的签名有效：确实出自 {0}（密钥编号 {1}）。',
    "The log's signature holds: it is by {0} (key {1}).",
  ],
  WITNESS: [
    '见证方 {0} 在 {1} 签名确认，从那时起这条记录没有变过。',
    'The witness {0} confirmed it on {1}; since then the record has not changed.',
  ],
  WITNESS_UNKNOWN: ['另有 {0} 的签名，未核对。', 'There is also a signature of {0}, not checked.'],
  NO_WITNESS: [
    '还没有别的单位见证：目前只有平台自己的签名。',
    'Nobody else has witnessed it yet: only the platform itself has signed.',
  ],
  SEALED: [
    '记录全文不公开，这里核对的是它的“封条”（封存值）；有权查看的人可以用完整凭证核对全文。',
    'The full record is not public: what was checked is its seal. Those who may see it check the rest.',
  ],
  RECORD_TIME: ['记录时间 {0} 是日志自己写的。', "The record time {0} is the log's own word."],
  TRUTH: [
    '能证明的是谁在什么时候报了什么，不能证明所报的事是真的。',
    'It proves who said what and when, not that it is true.',
  ],
  LATER: ['以后若有更正或召回，以本页显示的为准。', 'For later corrections and recalls see this page.'],
}

const REFUTED: Partial<Record<Code, Sentence>> = {
  CONTENT: ['内容被改动过。', 'The content was changed.'],
  VALUES: ['个人信息与记录的承诺不符。', 'A personal value does not fit its commitment.'],
  INCLUSION: ['记录不在所示的日志里，或被改动过。', 'The record is not in the log as shown, or was changed.'],
  LOG_SIGNATURE: ['没有有效的日志签名。', 'There is no valid signature of the log.'],
  WITNESS: ['见证方的签名无效。', 'The signature of a witness does not hold.'],
}

export function sentence(finding: Finding, language: Language): string {
  const words = (finding.kind === 'refuted' && REFUTED[finding.code]) || SENTENCES[finding.code]
  return words[language === 'zh' ? 0 : 1].replace(/\{(\d)\}/g, (_, i) => {
    const fact = finding.facts[Number(i)] ?? ''
    return /^\d{4}-\d\d-\d\dT.*Z$/.test(fact) ? moment(new Date(fact), language) : fact
  })
}

const ZONE = 'Asia/Shanghai'

/** 2026年11月21日 16:00 in Beijing's time, in which the page is written. */
export function moment(time: Date, language: Language): string {
  return written(time, language, ZONE, true)
}

export function day(time: Date, language: Language): string {
  return written(time, language, ZONE, false)
}
