import type { Messages } from '../../../shared/i18n.ts'
import type en from '../en/users.ts'

export default {
  'users.title': 'Benutzer',
  'users.create': 'Benutzer anlegen',
  'users.role': 'Rolle',
  'users.roleOf': 'Rolle von {{username}}',
  'users.password':
    'Das Einmalpasswort von {{username}}. Es wird nur jetzt gezeigt: Geben Sie es weiter, {{username}} ersetzt es.',
  'users.passwordOf': 'Einmalpasswort von {{username}}',
  'users.hide': 'Verbergen',
  'users.disabled': 'deaktiviert',
  'users.oneTime': 'hat ein Einmalpasswort',
  'users.disable': 'Deaktivieren',
  'users.disableNamed': '{{username}} deaktivieren',
  'users.enable': 'Aktivieren',
  'users.enableNamed': '{{username}} aktivieren',
  'users.reset': 'Passwort zurücksetzen',
  'users.resetNamed': 'Passwort zurücksetzen: {{username}}',
  'users.resetting': 'Das bisherige Passwort gilt nicht mehr. Ein Einmalpasswort wird einmal gezeigt.',
  'users.remove': 'Entfernen',
  'users.removeNamed': '{{username}} entfernen',
  'users.removal': 'Der Benutzer kann sich nicht mehr anmelden. Das Protokoll behält, was er getan hat.',
  'role.agent': 'Sachbearbeiter',
  'role.provider': 'Anbieter',
  'users.name': 'Benutzername (Kleinbuchstaben, Ziffern, . _ @ -)',
  'users.list': 'Wer sich anmelden darf',
  'users.none': 'Es gibt keine.',
  'role.none': 'keine Rolle',
} satisfies Messages<typeof en>
