-- "Which places does this firm run?" is asked whenever the desk shows its forms.
create index place_party on place (party) where party is not null;
