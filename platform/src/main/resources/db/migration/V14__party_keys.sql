-- Events name parties by the keys of their codes (UnitKey: the first 128 bits of the SHA-256 of the
-- code). By this a walk sees that two codes are one party. Owned by org.yuanliu.platform.registry.
alter table party_code add column key uuid;
update party_code
  set key = cast(left(encode(sha256(convert_to(code, 'UTF8')), 'hex'), 32) as uuid);
alter table party_code alter column key set not null;
create index party_code_key on party_code (key);
