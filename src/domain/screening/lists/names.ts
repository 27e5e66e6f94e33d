/** First names that are used in Norway and are no other word one would write with a capital. */
export const firstNames: ReadonlySet<string> = new Set(
  `aase abdirahman arngrim asgeir gunnlaug adrian agnes agnete ahmad ahmed aisha aksel albert alexander alexandra alf alfred ali alice alina alva amalie amanda amina amir
  anders andrea andreas andrine ane anette angelica anita anja anna annbjørg anne annette anniken anton arild arne arnfinn arnhild arnstein arnt
  arvid asbjørn aslak asle asta astri astrid atle aud audhild audun august aurora axel ayan bashir beate benedikte benjamin berit bernt bente
  birger birgit birgitte birte bjarne bjørg bjørnar bodil borghild brede brit brita brynjar børge camilla carina carl caroline casper
  cathrine cecilie charlotte christian christina christine christoffer christopher conrad daniel david dagfinn dagny dagrun dina ebba edel edith edvard
  edvin egil eilert einar eirik eivind elena elias elin eline elisabeth elise ella ellen ellinor elma elsa elvira embla emil emilie emma
  emrik endre enok erik erika erlend erling ernst ester eva evelyn even evy eystein fabian fadumo farah fatima fatuma filip finn fredrik frida frode
  frøydis fatma gabriel geir georg gerd gerda gjermund gjertrud greta grete grethe gudrun gudmund guri gustav guttorm gunhild gunnar gunvor gyda haakon hadia håkon håvard håvar
  hallgeir halvard halvor hamza hanna hannah hanne hans harald hassan hedda hedvig heidi helene helge helle henning henriette henrik herman hermine
  hilde hildegunn hjalmar hussein huda ibrahim ida idun inga ingar inge ingebjørg ingeborg inger ingrid ingunn ingvar ingvild irene irina iselin isabella isak ismail
  ivar jakob jamal janne jannicke jasmin jens jesper joakim johan johanna johannes johnny johnsen jon jonas jonathan jorunn jostein julia julian julie
  jørgen jørn kaja kamilla kari karianne karin karina karl karoline karsten kasper katarina katarzyna kathrine katrine kenneth ketil kevin khadija khalid kim kine
  kirsten kirsti kjell kjersti kjetil klara klaus knut konrad kristian kristin kristina kristine kristoffer kåre lars lasse laila laura leah leif lene leon leonora
  lillian linda line linn linnea linus lisa lisbeth live ludvig lukas lucas magda magne magnhild magnus maja malene malin marcus maren margit margrethe margareth
  maria marianne marie marius markus marit marita marta marte marthe martin martine mathea mathias mathilde matias mats mette michael mikael mikkel milla minda mina
  mohamed mohammad mohammed mohamud mona monica monika morten muhammad mustafa nada nadia natalia natalie nicolai nikolai nicolas niklas nils nina noah nora norunn nour oda
  odd oddbjørg oddbjørn oddvar olaf olai olaug olav oleksandr olena olga oline oliver olivia oluf omar osman oskar oscar ottar otto ove øystein øyvind paul
  paulina pål peder pernille peter petra petter philip pia piotr preben ragna ragnar ragnhild rakel randi rannveig rasmus rebecca rebekka reidar reidun reza rikke
  robert robin roger rolf ronny roy rune ruth sahra samira samuel sander sandra sara sarah sebastian selma sigbjørn sigmund signe sigrid sigurd sigve silje simen simon sindre
  sissel sivert sjur snorre sofia sofie solfrid solveig sondre sonja stefan steffen steinar stian stig stine sture sunniva susanne svanhild svein sven svenn sverre
  synne synnøve syver søren tarjei tea terese terje thea theodor thomas thor thorbjørn thorleif tina tiril tobias tom tomas tomasz tommy tonje tor torbjørn tore torfinn torgeir torgrim torhild toril torill
  torkel torleif torstein torunn tove trine trond trude trygve tuva turid ulrik unni valborg vebjørn vegard vemund vera verner vibeke victor vidar viktor viktoria vilde vilhelm
  viljar vilma yasmin yngve yngvild yusuf yvonne zahra zainab åge ågot åsa åsmund åsne åshild øivind ørjan ørnulf`.split(
    /\s+/
  )
)

/** First names that are other words too, or are written with a capital for other reasons. */
export const ambiguousNames: ReadonlySet<string> = new Set(
  `alva ane are arve ask august aurora bo bror bjørn brage dag edel eli else embla even falk finn frank frøya gard gro grim gunn hauk helga helle
  iver jan jo jonny jul juni kai kaia kim lea lene lilje lin line live liv lotte lykke mai mari marte max may merete mette mia mina mons nansen
  norma oda odd ola olava ole pernille per pål rita ro roald roar roland rose rune rut sally sanna saga signe siri siv sol stein stella sten storm
  svart synnøve tiger tone tor tora torgny trine trym turi tyra ulf ulv unn unni vera victoria viktoria viggo vilja vilje vår wenche åse åsta`.split(
    /\s+/
  )
)

/** Common surnames. */
export const surnames: ReadonlySet<string> = new Set(
  `abdi abdullah ahmed ali aas aasen amundsen andersen andreassen antonsen arnesen bakke bakken berg berge berger berntsen birkeland bjerke brekke bråten bøe bø
  carlsen christensen christiansen dahl dahle danielsen ebbesen edvardsen eide eliassen ellingsen engen eriksen evensen fjeld foss fredriksen gulbrandsen gundersen
  haga hagen halvorsen hammer hansen hanssen haug haugen haugland hauge helgesen helland henriksen hermansen holm holmen hoel hussain ibrahim ingebrigtsen isaksen iversen jacobsen jakobsen
  jansen jensen jenssen johannessen johansen johnsen jonassen jørgensen karlsen khan knudsen knutsen kolstad kowalski kristensen kristiansen kristoffersen larsen lie lien lund lunde løken
  madsen martinsen mathisen mikkelsen moe moen mohamed myhre myklebust mæland nguyen nilsen nordmann nygård næss olsen ottesen paulsen pedersen pettersen rasmussen ruud rønning
  sandvik sivertsen skaar sletten simonsen solberg solheim strand strøm svendsen sæther sørensen tangen thomassen thorsen tveit tveiten vik viken wang warsame wilhelmsen øien ødegård ødegaard aune ness næs`.split(
    /\s+/
  )
)

/** Words before a surname, or any name, of a person. */
export const titles: ReadonlySet<string> = new Set(
  `rektor lærer lærar læraren læreren adjunkt inspektør rådmann kommunedirektør ordfører ordførar varaordfører varaordførar fru frøken herr hr doktor doktoren dr legen lege tannlege overlege fastlege fastlegen psykolog saksbehandler saksbehandlar saksbehandleren
  saksbehandlaren naboen nabo grannen granne rektoren sjefen styrer styrar styreren pedagog vaktmester vaktmeister vaktmesteren vaktmeisteren sjåfør sjåføren avdelingsleder avdelingsleiar leder leiar enhetsleder einingsleiar helsesøster helsesjukepleiar helsesykepleier
  prest presten lensmann lensmannen politimester advokat journalist onkel tante bestefar bestemor kontaktlærer kontaktlærar trener trenar treneren trenaren sokneprest assistent assistenten jordmor byråd representant`.split(
    /\s+/
  )
)
