import type { PhraseList } from './phrase-list.ts'

const kin =
  'sønn~|sønnesønn~|sønnene|son|sonen|sonens|sønene|datter~|datteren|dattera|dattra|datra|døtre|døtrene|dotter|dottera|døtrene|barn~|barnet|barna|born|borna|bornet|unge|ungen|ungene|ungar|ungane|unger|gutt~|gutten|guten|gutane|guttene|guttane|ungan|ongan|ungane|veslejenta|veslegutt~|førstefødte|skolejente|skulejente|skolegutt|skulegut|småtass~|gut|gutungen|guttungen|jente|jenta|jenten|jentene|jentungen|jentunge|baby~|babyen|tvilling~|tvillingene|barnebarn~|barnebarnet|barneborn|stesønn~|stedatter~|stebarn~|steson|stedotter|småen|minsten|eldstemann|yngstemann|minstemann|eldste|yngste|eldstejenta|yngstejenta|lillesøster|lillebror|veslesøster|veslebror|fosterbarn~|nevø~|niese~|fadderbarn~|småbarn|poden|guttebarnet|tenåring~|spedbarn~'
const whose =
  'min|mi|mitt|mine|vår|vårt|våre|vores|hans|hennes|hennar|deres|deira|din|di|ditt|dine|sin|si|sitt|sine|dykkar|naboens|naboen|mins'
const years = 'år|årig|årige|års|årene|måneder|måneders|månader|mnd|veker|uker|ukers|vekers'
const minor =
  '0|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17|en|ett|eitt|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten'
const digits = '0|1|2|3|4|5|6|7|8|9|10|11|12|13|14|15|16|17'
const olds = 'åring~|åringen|åringar|åringane|åringer|åringene|åringa|årig|åringens|årigen'
const written = 'ett|to|tre|fire|fem|seks|sju|syv|åtte|ni|ti|elleve|tolv|tretten|fjorten|femten|seksten|sytten'
const someone =
  'gutt|gutten|gut|guten|jente|jenta|sønn|sønnen|son|sonen|datter|dattera|datteren|dotter|dottera|barn|barnet|unge|ungen|elev|eleven|elever|baby|babyen|lillebror|lillesøster|guttunge|jentunge|tvillinger|tvillingar|barna|borna|ungane|ungene|barnebarn|barnebarnet|veslebror|veslesøster|nevø|niese'

/** A particular child: someone's, of an age, in a class. Children in general are none. */
export const child: PhraseList = {
  telling: `
    han|hun|ho|hu er|e bare|berre|knapt ${written}|${digits}, lillegutt*, vesleguten*, lillejenta*, veslejenta*, snuppa vår|mi, stesønn*, stedatter*, bonussønn*, bonusdatter*
    sønnen*, sønnene, sønn til|av, dattera*, datteren*, datter til|av, dottera*, dotter til|av, sonen*, son til|åt, døtrene, lillesøster*, lillebror*, veslebror*, veslesøster*
    ${kin} ${whose}, ${kin} til … naboen|broren|søsteren|søstera|kollegaen|ordføreren|rektor
    min|mi|mitt|mine|vår|vårt|våre|hans|hennes|hennar|deres|deira|naboens|sin|si|sine ${kin}
    min|mi|mitt|vår|vårt|hennes|hans|hennar|naboens lille|vesle|yngste|eldste|minste|store|eneste|einaste|eigen|egen|eget|eige|stakkars|kjære|gode|flinke ${kin}
    ${minor} ${olds}, ${written
      .split('|')
      .map((number) => `${number}åring~, ${number}åringen, ${number}åringar, ${number}åringene`)
      .join(', ')}
    ${minor} ${years} gammel|gammal|gamle|gamal|gamalt|gammelt ${someone}
    ${someone} på ${minor} ${years}, ${someone} på ${digits}|${written}, ${someone} ${digits}
    ${someone} … er|var|blir|vart|ble|bare|berre|knapt|knappe|nesten|snart|fyller ${minor} ${years}
    ${someone} på ${minor}|12|13|14|15|16|17|18|19|20 måneder|månader|mnd|uker|veker
    jente|jenta|gutt|gutten|gut|guten|sønn|son|eleven|elev|datter|dotter|unge|ungen|han|hun|ho|barnet … i ${minor} klasse|klassen|klassa|klassetrinn
    går|gjekk|gikk|byrja|begynte|begynner|startet i ${minor} klasse|klassen|trinn, eleven, eleven*, elev i|på|ved, medelev*
    ${minor} klassing~, ${minor} klassingen, ${minor} klassingar, ${minor} klassinger, førsteklassing~, andreklassing~, tredjeklassing~, fjerdeklassing~, femteklassing~, sjetteklassing~, sjuendeklassing~, åttendeklassing~, åttandeklassing~, niendeklassing~, tiendeklassing~
    gutten|guten|jenta|sønnen|dattera|ungen til naboen|grannen|nabokona|søsteren|søstera|broren|bror|søster|venninna|kompisen|han|ho|henne, i ${minor} a|b|c|d, i ${Array.from({ length: 10 }, (_, at) => `${at + 1}`).join('|')} klasse på
    barnebarnet, barnebarna, barneborna, spedbarnet, babyen, fosterbarnet, tvillingene, tvillingane, guttungen, jentungen, minsten, eldstemann, yngstemann, minstemann, ungen|gutten|guten|jenta til, ungen|gutten|guten|jenta i|på|frå|fra … skolen|skulen|barnehagen|klassen|klassa|sfo|bussen`,
  harmless: `
    alle|våre|andres barn|barna|born|borna|unger|ungar, våre barn|unge|ungdommer|ungdomar, kommunens barn|unge|elever, guttene|gutane|jentene våre i|på|vant|vann|slo, gutta, barn|born ${minor} ${years}
    barn|barna sin rett, sine barn og unge, jenta i kassa, jenta i kassen|resepsjonen|butikken, gutten i kassa|kassen|resepsjonen|butikken, guten i kassa|resepsjonen|butikken`
}
