import type { PhraseList } from './phrase-list.ts'

/** A person's body and mind: illness, diagnosis, treatment, disability, pregnancy, addiction. */
export const health: PhraseList = {
  telling: `
    vondt|smerter|verk i hodet|hovudet|ryggen|nakken|kneet|hofta|foten|beinet|armen|skuldra|magen|brystet|hjertet|hjartet|leddene|ledda|handa|hånda, hodet|hovudet|ryggen|nakken|kneet|hofta|foten|beinet|armen|skuldra|magen|brystet|hjertet|hjartet|leddene|ledda|handa|hånda knust|brukket|brekt|ødelagt|øydelagt|amputert, knekt|brukket|brekt|knust|brotna hodet|hovudet|ryggen|nakken|kneet|hofta|foten|beinet|armen|skuldra|magen|brystet|hjertet|hjartet|leddene|ledda|handa|hånda|bein|arm|hofte|lårhals|rygg, har|fikk|fekk|fått|hatt slag|drypp|infarkt|blodpropp
    +infarkt~, +kneskade|+ryggskade|+nakkeskade|+hodeskade|+skulderskade, hjertefeil*, hjartefeil*, magesår*, +betennelse~, +lammelse~, +transplantasjon~, overgangsalder*, har|fått|hadde|fekk|fikk ms|als|hiv
    nedsatt|dårlig|dårleg|svekka|svekket|mista|mistet|mister hørsel*|høyrsel*|syn|synet, mista|mistet synet, +allergi, +allergien, på|til|fra|frå|med|hos legevakt|legevakta|legevakten, psykiatrisk~, på psykiatrisk|psyken|intensiven|avrusing, lukket|lukka avdeling
    ruset, rusa, ruser|rusar seg|meg, alkis*, alkoholisert*, +misbruker*, +misbrukar*, sliter|slit|strever psykisk, +medisin~, blodfortynn*, antipsyk*, beroligende, beroligande, smertestillende, smertestillande, sovepill*, lykkepill*, sobril*, valium*, morfin*, ritalin*, rullator*, trygghetsalarm*, besvim*, kreft, senil*, multihandik*, handikapp*
    *sykdom, *sykdommen, *sykdommer, *sjukdom, *sjukdommen, *sjukdommar, *sykdomm*, syk, syke, sjuk, sjuke, kronisk*, alvorlig syk|sjuk
    dødssyk*, dødssjuk*, sengeliggende, sengeliggande, sykmeld*, sjukmeld*, sjukemeld*, sykemeld*, sykepeng*, sjukepeng*
    *kreft, *kreften, *kreftsyk*, kreftsjuk*, *kreftdiagnos*, cellegift*, cellegjift*, strålebehandl*, svulst*, *svulst, *svulsten, leukemi*, metastas*
    diabet*, sukkersyk*, sukkersjuk*, insulin*, epilep*, astma*, kols, kolspasient*, migren*, revmat*, leddgikt*, fibromyalgi*, multippel sklerose
    parkinson*, alzheimer*, demens*, dement~, alsheimer*, hjerteinfarkt*, hjarteinfarkt*, hjerneslag*, hjerteoperer*, hjarteoperer*
    hjertesvikt*, hjartesvikt*, hjertesyk*, hjartesjuk*, hjernesvulst*, hjernerystelse*, hjernerysting*, slagrammet, slagramma
    adhd, autis*, asperger*, tourette*, dysleksi*, diagnose, diagnosen, diagnoser, diagnosar, diagnosene, diagnostiser*
    utviklingshem*, funksjonshem*, funksjonsned*, lam i|fra|frå, lammet i, blind på, er|nesten|heilt|helt|blitt|vorten|blind|født døv|døve|blind
    rullestolbruk*, i rullestol, cerebral*, down syndrom, downs syndrom, *syndrom, *syndromet
    psykisk syk*|sjuk*|lidelse*|liding*|helse|uhelse|utviklingshem*|problem*, psykiatri*, psykolog, psykologen, psykologtim*, psykose*, psykotisk*
    schizofren*, bipolar*, depresjon*, deprimer*, angst, angsten, *angst, *angsten, panikkanfall*, spiseforstyrr*, eteforstyrr*, anoreks*, anorektisk, bulimi*
    selvskad*, sjølvskad*, selvmordsforsøk*, sjølvmordsforsøk*, ptsd, traumer, utbrent, utbrend*
    ruspasient*, rusavheng*, rusmisbruk*, rusproblem*, alkoholiker*, alkoholikar*, alkoholproblem*, alkoholisme*, narkoman*, overdose*, antabus*, lar pasient*
    gravid, gravide, abort*, *abort, *aborten, spontanabort*, dødfød*, barselspsykose*, ivf, prøverør*
    innlagt, innlagd, innlagde, innleggelse*, innlegging på, tvangsinn*, døgnbehandl*, utskrev* fra|frå, dps, bup, ambulansen|ambulanse henta|hentet
    operert, opereres, opererast, operasjon for, operasjonen hans|hennes|hennar|min, transplant*, dialyse*, amputer*, kneoper*, hofteoper*, hofteprotes*
    smittet av|med, smitta av|med, hiv, hivsmit*, hepatitt*, tuberkulo*, covid, korona syk, lungebetennelse*, lungebetennelsen, blodforgift*, sepsis
    fastlegen min|hans|hennes|hennar, *pasient~, journalen min|hans|hennes|hennar, legejournal*, legeerklæring*, legeattest*, medisinene mine|hans|hennes, medisinane mine|hans|hennar
    går|gjekk|gikk|bruker|brukar|tar|tek på|… medisin*, antidepressiv*, helseproblem*, helsa mi|hans|hennes|hennar, helsen min|hans|hennes
    allergisk*, nøtteallergi*, allergi mot, cøliaki*, stomi*, inkontinen*, brakk|brekte|brukket|brekt|brotna beinet|foten|armen|hofta|hoften|lårhalsen|ryggen|handleddet
    *prolaps, prolapsen, isjias*, skoliose*, psoriasis*, eksem, lupus, crohns, ulcerøs kolitt, cystisk fibrose, muskelsvinn, muskeldystrofi, ALS, ms pasient, har|fått|fekk|fikk|med MS, nyresvikt*, leversvikt*
    hjerteflimmer, hjarteflimmer, atrieflimmer, pacemaker*, blodpropp*, blodtrykket mitt|hans|hennes|hennar, stoffskifte*, endometriose*, barnløs, barnlaus, gikt, gikten, artrose*, slitasjegikt*, beinskjør*, beinskøyr*, *me syk|sjuk, kronisk utmatt*
    senfølger, seinfølgjer, seinskader, senskader, nakkesleng*, hodeskade*, hovudskade*, hjerneskade*, ryggmargsskade*, lammelse*, lamming, svaksynt*, synshem*, svaksynte, hørselshem*, høyrselshem*, tunghørt*, tunghøyrd*, døvblind*, blind, høreapparat*, høyreapparat*
    søvnapné*, borderline, personlighetsforstyrr*, tvangslidelse*, tvangsliding*, manisk, suicidal*, traumatiser*, spilleavheng*, speleavheng*, pillemisbruk*, metadon*, subutex, avrusning*, avrusing*, avruset, afasi, kateter, respirator*, oksygenapparat, sondeern*, cpap
    *gravid, barseldepresjon*, fødselsdepresjon*, blodsykdom*, muskelsyk*, nervesyk*, *bein|*bena amputert, hospice, kreftpas*, pleie og omsorg til mor|far, hjemmesykepleie til, psykiatrisk*, psykisk, psykiske plager, nervesammenbrudd*, nervesamanbrot*, panikklidelse*, lårhalsbrudd*, lårhalsbrot*, hjelpemiddel*, terminal|terminalt syk|sjuk|kreft|fase, døende, døyande, palliativ*, pleietreng*, pleietrengande, liggesår, helseopplysning*`,
  harmless: `
    allergisk mot eiendomsskatt*|eigedomsskatt*|møter|planlegging|reklame|bompeng*|bommer, heilt|helt sjuk|syk, rusa|ruset opp|gate*, husdyrmedisin*, veterinærmedisin*
    psykisk|psykiske helse|folkehelse|helsedag*|helsearbeid*|helseteneste*|helsetjenest*, blind sving|bakketopp|flekk|passasjer|alarm|vinkel|tillit|vold|vald|lykke, syk|sjuk|syke|sjuke idé|ide|ideer|utsikt|låt|opplevelse|oppleving|bra|fin|fine|planter|trær|trea|bil|priser|tre, helt|heilt syk|sjuk utsikt|pris
    innlagt|innlagd|innlagde vann|vatn|strøm|straum|fiber|wc|bredbånd|breiband|internett|varme, psykisk helse i|og|som, angst for bompenger|bompengar
    økonomisk|økonomiske depresjon*, depresjon i økonomi*, depresjonen på, fotballangst, blind vei|veg|sving|flekk|vinkel, døve ører|øyre
    hiv og hoi, pasient …  tålmodig, operasjon dagsverk, sykdom på|hos trær|trea|planter, plantesykdom*, plantesjukdom*, gressallergi*
    kronisk dårlig|mangel|forsinket|forseinka|forsinka|underfinansiert|dårleg|tom|tomt|pengemangel|stengt, kronisk … forsinket|forsinka
    allergisk mot byråkrati|politikere|politikarar|skjema, alle|byens|verdens pasient, lam i kjøttdisken, lammet i ovnen
    hjelpemiddelsentralen, abortert oppdrag, koronasmitte på, diagnosen … vegen|veien|broen|brua`
}
