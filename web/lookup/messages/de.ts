import type { Messages } from '../../shared/i18n.ts'
import type en from './en.ts'

export default {
  'site.name': 'Kundenregister',
  'site.language': 'Sprache',
  'nav.ask': 'Bin ich erfasst?',
  'nav.verify': 'Beleg prüfen',
  'nav.signIn': 'Anmelden',
  'ask.title': 'Bin ich erfasst?',
  'ask.lead':
    'Erfahren Sie, ob Sie auf dieser Kundenliste stehen. Sie erhalten sofort eine Antwort und einen Beleg dafür.',
  'rules.title': 'So funktioniert es',
  'rules.need': 'Was Sie brauchen',
  'rules.needText': 'Mindestens zwei der vier Felder unten. Je mehr Sie angeben, desto klarer ist die Antwort.',
  'rules.listed': 'Erfasst',
  'rules.listedText':
    'Zwei Merkmale stimmen genau überein: der volle Name und das volle Geburtsdatum, oder die Ausweisnummer mit dem Nachnamen oder dem vollen Geburtsdatum. Groß- und Kleinschreibung, Akzente und die Schrift spielen keine Rolle.',
  'rules.possible': 'Möglich',
  'rules.possibleText':
    'Ein ähnlicher Name oder dieselbe Ausweisnummer steht auf der Liste, aber Ihre Angaben zeigen nicht, dass Sie es sind.',
  'rules.private': 'Vertraulich',
  'rules.privateText':
    'Die Antwort verrät nie, wer auf der Liste steht. Das Register vermerkt, dass gefragt wurde, bewahrt Ihre Angaben aber nicht lesbar auf.',
  'rules.limits': 'Grenzen',
  'rules.limitsText':
    'Je Name werden am Tag nur 10 verschiedene Geburtsdaten verglichen, ebenso bei Ausweisnummern. Danach bleibt die Antwort bis zum nächsten Tag (UTC) „möglich“. Auch jedes Netzwerk hat eine Zahl von Fragen am Tag.',
  'field.surname': 'Nachname',
  'field.given_name': 'Vorname',
  'field.dob': 'Geburtsdatum',
  'field.document_number': 'Ausweisnummer',
  'hint.surname': 'Wie im Ausweis',
  'hint.given_name': 'Alle Vornamen im Ausweis',
  'hint.dob': 'Zum Beispiel 21.08.1979 oder 1979-08-21',
  'hint.document_number': 'Reisepass oder Personalausweis; Leerzeichen spielen keine Rolle',
  'ask.submit': 'Fragen',
  'ask.working': 'Wird gefragt …',
  'ask.again': 'Nach jemand anderem fragen',
  'fault.two': 'Füllen Sie mindestens zwei Felder aus. Ausgefüllt: {{count}}.',
  'fault.offline':
    'Das Register ist nicht erreichbar. Prüfen Sie Ihre Verbindung und fragen Sie noch einmal: Ihre Angaben sind noch da.',
  'fault.unavailable':
    'Das Register kann gerade nicht antworten. Fragen Sie in einer Minute noch einmal: Ihre Angaben sind noch da.',
  'fault.limit': 'Ihr Netzwerk hat die Fragen für heute aufgebraucht. Sie können ab {{time}} wieder fragen.',
  'fault.invalid': 'Einige Felder sind nicht lesbar. Der Grund steht beim Feld.',
  'answer.listed.title': 'Ja, Sie stehen auf der Liste',
  'answer.listed.text': 'Ihre Angaben stimmen genau mit einem Eintrag der Liste überein.',
  'answer.listed.next':
    'Wenn Sie wissen möchten, was gespeichert ist, oder es für falsch halten, wenden Sie sich an den Betreiber der Liste. Zeigen Sie den Beleg und Ihren Ausweis.',
  'answer.possible.title': 'Möglich: Jemand Ähnliches steht auf der Liste',
  'answer.possible.text':
    'Ein ähnlicher Name oder die Ausweisnummer steht auf der Liste. Das heißt nicht, dass Sie es sind: Andere können denselben Namen haben.',
  'answer.possible.next':
    'Geben Sie den vollen Namen mit dem vollen Geburtsdatum an, oder die Ausweisnummer mit dem Nachnamen oder dem Geburtsdatum. Bleibt es unklar, wenden Sie sich mit diesem Beleg an den Betreiber der Liste. Wurde heute mit diesem Namen oder dieser Ausweisnummer schon viel probiert, bleibt die Antwort bis zum nächsten Tag (UTC) „möglich“: Fragen Sie dann noch einmal.',
  'answer.not_listed.title': 'Nein, Sie stehen nicht auf der Liste',
  'answer.not_listed.text': 'Zurzeit steht niemand mit ähnlichem Namen oder dieser Ausweisnummer auf der Liste.',
  'answer.not_listed.next':
    'Sie müssen nichts tun. Wenn Sie einen anderen Namen oder eine andere Schreibweise verwenden, fragen Sie auch damit. Bewahren Sie den Beleg auf, falls Sie die Antwort jemandem zeigen müssen.',
  'answer.next': 'Was Sie jetzt tun können',
  'receipt.title': 'Ihr Beleg',
  'receipt.text':
    'Er beweist, welche Antwort wann gegeben wurde. Er enthält keine persönlichen Daten. Wer ihn hat, kann ihn auf dieser Seite prüfen: mit dem QR-Code oder durch Einfügen.',
  'receipt.label': 'Beleg',
  'receipt.download': 'Herunterladen',
  'receipt.copy': 'Kopieren',
  'receipt.copied': 'Kopiert',
  'receipt.qr': 'QR-Code der Adresse, die diesen Beleg prüft',
  'receipt.file': 'Antwort: {{answer}}\nGefragt am: {{time}}\nPrüfen unter: {{link}}\n\nBeleg:\n{{receipt}}\n',
  'verify.title': 'Beleg prüfen',
  'verify.lead':
    'Erfahren Sie, ob ein Beleg echt ist, für welche Antwort er steht und ob er eine bestimmte Person betrifft.',
  'verify.receipt': 'Beleg',
  'verify.receiptHint': 'Der lange Text mit allen Buchstaben und Zeichen',
  'verify.details': 'Auch prüfen, wen er betrifft (freiwillig)',
  'verify.submit': 'Prüfen',
  'verify.empty': 'Fügen Sie den Beleg ein.',
  'verify.valid': 'Der Beleg ist echt',
  'verify.invalid': 'Der Beleg ist nicht echt',
  'verify.invalidText':
    'Dieses Register hat ihn nicht ausgestellt, oder er wurde verändert oder nur zum Teil kopiert. Kopieren Sie ihn noch einmal ganz.',
  'verify.answer': 'Antwort',
  'verify.at': 'Gegeben am',
  'verify.location': 'Vom Standort',
  'verify.matches': 'Zu diesen Angaben',
  'verify.matchesYes': 'Ja, er wurde dafür gegeben',
  'verify.matchesNo': 'Nein, er wurde für andere Angaben gegeben',
  'short.listed': 'Erfasst',
  'short.possible': 'Möglicherweise erfasst',
  'short.not_listed': 'Nicht erfasst',
} satisfies Messages<typeof en>
