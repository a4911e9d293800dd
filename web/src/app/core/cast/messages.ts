import { defineMessages } from '../i18n/messages';

export const castMessages = defineMessages(
  { cast: 'Cast and crew', director: 'Director', writer: 'Writer', actor: 'Cast' },
  { cast: 'Besetzung und Stab', director: 'Regie', writer: 'Drehbuch', actor: 'Besetzung' },
);
