#!/usr/bin/env bash
# Hele veien med bash og curl: utnevne en administrator, sende inn et innlegg, gi svaret, og få et ulovlig innlegg sikret og slettet.
#
#   ARKIVBRO_URL=https://arkivbro.eksempel.no ARKIVBRO_KEY=id.hemmelighet ./curl.sh
#
# ARKIVBRO er kommandoen som kontrollerer slettetillatelsen, når den ikke heter «arkivbro».
set -euo pipefail
: "${ARKIVBRO_URL:?Sett adressen til Arkivbro}" "${ARKIVBRO_KEY:?Sett nøkkelen}"
ARKIVBRO=${ARKIVBRO:-arkivbro}
ADMINISTRATOR='Kari Eksempel'

umask 077
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
# I en fil, så nøkkelen ikke vises i prosesslisten.
printf 'header = "Authorization: Bearer %s"\nheader = "Content-Type: application/json"\n' "$ARKIVBRO_KEY" >"$work/curl"

now() { date -u +%Y-%m-%dT%H:%M:%SZ; }

# call METODE STI [INNHOLD]: svaret står i $body, statusen i $status.
call() {
  local send=()
  if [ $# -gt 2 ]; then send=(--data-binary "$3"); fi
  status=$(curl --silent --show-error --config "$work/curl" --request "$1" "${send[@]}" \
    --output "$work/answer" --write-out '%{http_code}' "$ARKIVBRO_URL$2")
  body=$(<"$work/answer")
}

# must STATUS …: stopper når svaret er et annet. Feil sier på norsk hva som skjedde, og hva du kan gjøre.
must() {
  local wanted
  for wanted in "$@"; do if [ "$status" = "$wanted" ]; then return; fi; done
  echo "Uventet svar $status: $body" >&2
  exit 1
}

# field NAVN: den første teksten med dette navnet i $body, slik den står i JSON.
field() {
  local pattern="\"$1\":\"(([^\"\\\\]|\\\\.)*)\""
  [[ $body =~ $pattern ]] || { echo "Fant ikke «$1» i svaret: $body" >&2; exit 1; }
  printf '%s' "${BASH_REMATCH[1]}"
}

# journaled ID: venter til henvendelsen er journalført.
journaled() {
  local tries
  for tries in $(seq 120); do
    call GET "/v1/inquiries/$1"
    must 200
    case $(field state) in
      journaled) return ;;
      needs-action | in-review | dismissed) echo "Noen må se på henvendelsen: $(field label)" >&2; exit 1 ;;
    esac
    sleep 1
  done
  echo "Henvendelsen $1 er ikke journalført ennå." >&2
  exit 1
}

since=$(now)

# 1. Bare den som er utnevnt, kan merke innlegg. 409 «name-in-use»: Det er gjort før.
call POST /v1/administrators "{\"name\":\"$ADMINISTRATOR\",\"unit\":\"Servicetorget\",\"may\":[\"mark\",\"reply\",\"delete\"],\"reason\":\"Utnevnt av kommunikasjonssjefen.\"}"
must 201 409

# 2. Send inn et innlegg. 202: Det er trygt lagret. 200: Det er sendt før, og dette er det første svaret.
call POST /v1/inquiries "{
  \"source\": \"facebook\", \"externalId\": \"eksempel-$$-$RANDOM-1\", \"kind\": \"comment\",
  \"permalink\": \"https://www.facebook.com/eksempelkommune/posts/1\",
  \"author\": {\"displayName\": \"Per Eksempel\"}, \"text\": \"Når blir Storgata brøytet?\", \"publishedAt\": \"$since\",
  \"mark\": {\"by\": \"$ADMINISTRATOR\", \"reason\": \"Spørsmål som må besvares\", \"category\": \"question\"}
}"
must 202 200
question=$(field id)
journaled "$question"
echo "Journalført: $(field journalpost)"

# 3. Hent svaret den som skrev, skal få, gi det på plattformen, og registrer at det er gitt.
call GET "/v1/inquiries/$question/reply"
must 200
reply=$(field nb)
call POST "/v1/inquiries/$question/reply" "{\"by\":\"$ADMINISTRATOR\",\"at\":\"$(now)\",\"text\":\"$reply\",\"language\":\"nb\"}"
must 202 200
journaled "$(field id)"
echo "Svaret journalført: $(field journalpost)"

# 4. Et ulovlig innlegg skal sikres før det slettes.
call POST /v1/inquiries "{
  \"source\": \"facebook\", \"externalId\": \"eksempel-$$-$RANDOM-2\", \"kind\": \"comment\",
  \"author\": {\"displayName\": \"Pål Eksempel\"}, \"text\": \"Jeg vet hvor du bor.\",
  \"mark\": {\"by\": \"$ADMINISTRATOR\", \"reason\": \"Trussel mot en ansatt\", \"category\": \"unlawful\"}
}"
must 202 200
unlawful=$(field id)
permit=$(field deletionPermit)

# 409: Arkivet har ikke bekreftet det ennå. Ikke slett.
for _ in $(seq 120); do
  call GET "$permit"
  must 200 409
  if [ "$status" = 200 ]; then break; fi
  sleep 1
done
must 200
field permit >"$work/permit"
journalpost=$(field journalpost)

# 5. Kontroller tillatelsen uten å spørre Arkivbro. Nøklene hentes én gang, og tas vare på.
call GET /v1/permit-keys
must 200
$ARKIVBRO verify permit "$work/permit" "$work/answer"

# 6. Her sletter du innlegget på plattformen. Registrer så at det er gjort.
call POST "/v1/inquiries/$unlawful/deleted" "{\"by\":\"$ADMINISTRATOR\",\"at\":\"$(now)\",\"reason\":\"Trussel mot en ansatt\"}"
must 202 200
journaled "$(field id)"
echo "Slettet: $journalpost, slettingen journalført: $(field journalpost)"

# 7. Alt denne nøkkelen har sendt siden vi begynte, med tilstand. «next» er der når det kan være flere.
next=
while :; do
  call GET "/v1/inquiries?client=me&limit=200&since=$since${next:+&cursor=$next}"
  must 200
  grep -o '"id":"[^"]*","source"' <<<"$body" | cut -d '"' -f 4 | sed 's/^/Sendt: /' || true
  [[ $body =~ \"next\":\"([^\"]+)\" ]] || break
  next=${BASH_REMATCH[1]}
done
