// What the widget itself says, in French and in Spanish. {blanks} are filled with plain text.

export const LANGUAGES = ["fr", "es"];

export const LAUNCH = ["Écrivez-nous", "Escríbanos"];
export const LAUNCH_FOR = ["Écrivez-nous : ouvrir la discussion", "Escríbanos: abrir la conversación"];
export const NEWER = ["Nouveaux messages", "Mensajes nuevos"];

export const TITLE = ["À votre écoute", "Estamos para ayudarle"];
export const BOT = ["Assistant automatisé", "Asistente automatizado"];
export const BOT_HERE = ["Assistant automatisé, à votre rythme", "Asistente automatizado, a su ritmo"];
export const AWAITED = ["Une personne de l'équipe va vous répondre", "Una persona del equipo le va a responder"];
export const AGENT_HERE = ["{name}, de l'équipe, vous répond", "{name}, del equipo, le responde"];
export const TEAM = ["L'équipe", "El equipo"];
export const YOU = ["Vous", "Usted"];

export const JOINED = [
  "{name}, de l'équipe, a rejoint la conversation. L'assistant automatisé ne répond plus.",
  "{name}, del equipo, se ha unido a la conversación. El asistente automatizado ya no responde.",
];
export const BOT_BACK = ["L'assistant automatisé vous répond de nouveau.", "El asistente automatizado vuelve a responderle."];
export const CLOSED = [
  "Cette conversation est terminée. Vous pouvez toujours nous écrire ici.",
  "Esta conversación ha terminado. Puede seguir escribiéndonos aquí.",
];
export const EXPIRED = [
  "Pour votre sécurité, une nouvelle conversation a commencé.",
  "Por su seguridad, ha empezado una conversación nueva.",
];
export const TYPING = ["{name} écrit…", "{name} está escribiendo…"];

export const CLOSE = ["Fermer la discussion", "Cerrar la conversación"];
export const TALK = ["Conversation", "Conversación"];
export const CHOICES = ["Réponses proposées", "Respuestas propuestas"];
export const WRITE = ["Écrivez votre message", "Escriba su mensaje"];
export const SEND = ["Envoyer", "Enviar"];
export const ATTACH = ["Joindre une photo ou un PDF", "Adjuntar una foto o un PDF"];
export const CAMERA = ["Prendre une photo", "Hacer una foto"];
export const DROP = ["Déposez ici votre photo ou votre PDF", "Suelte aquí su foto o su PDF"];

export const STATES = {
  sending: ["Envoi…", "Enviando…"],
  sent: ["Envoyé", "Enviado"],
  waiting: ["Pas encore parti, nous réessayons", "Aún no ha salido, lo intentamos de nuevo"],
  failed: ["Ce message n'est pas parti.", "Este mensaje no ha salido."],
};
export const RETRY = ["Réessayer", "Reintentar"];
export const REMOVE = ["Retirer", "Quitar"];

export const OFFLINE = [
  "Vous êtes hors connexion. Vos messages partiront dès le retour du réseau.",
  "No tiene conexión. Sus mensajes saldrán en cuanto vuelva la red.",
];
export const LOST = [
  "La connexion est interrompue. Nous la rétablissons, rien n'est perdu.",
  "La conexión se ha interrumpido. La estamos recuperando, no se pierde nada.",
];
export const UNAVAILABLE = ["La discussion n'est pas disponible ici.", "La conversación no está disponible aquí."];

export const TOO_BIG = [
  "« {name} » dépasse 10 Mo. Choisissez un fichier plus léger.",
  "«{name}» supera los 10 MB. Elija un archivo más ligero.",
];
export const BAD_KIND = [
  "« {name} » ne peut pas être lu ici. Envoyez une photo (JPEG, PNG, WebP, HEIC) ou un PDF.",
  "«{name}» no se puede leer aquí. Envíe una foto (JPEG, PNG, WebP, HEIC) o un PDF.",
];
export const NOT_SENT = [
  "« {name} » n'a pas pu être envoyé. Réessayez dans un instant.",
  "No se ha podido enviar «{name}». Inténtelo de nuevo en un momento.",
];
export const TOO_MANY = ["Dix fichiers au plus par message.", "Diez archivos como máximo por mensaje."];
export const TOO_LONG = [
  "Ce message est trop long. Vous pouvez l'envoyer en plusieurs fois.",
  "Este mensaje es demasiado largo. Puede enviarlo en varias veces.",
];

export const SAFETY = [
  "N'écrivez jamais ici de mot de passe ni de numéro de carte.",
  "No escriba nunca aquí contraseñas ni números de tarjeta.",
];
export const PRIVACY = ["Confidentialité", "Privacidad"];
export const ERASE = ["Effacer", "Borrar"];
export const ERASE_ASK = ["Effacer la conversation de cet appareil ?", "¿Borrar la conversación de este dispositivo?"];
export const YES = ["Oui, effacer", "Sí, borrar"];
export const NO = ["Non", "No"];

export const STARTERS = [
  ["Retrouver mon dossier", "J'ai reçu un message de votre part", "Parler à une personne"],
  ["Localizar mi expediente", "He recibido un mensaje de ustedes", "Hablar con una persona"],
];
