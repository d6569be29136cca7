import type { App as RunningApp, SignedIn } from '../server/seams.ts';
import type { Locale } from '$lib/messages.ts';

declare global {
  namespace App {
    interface Locals {
      app: RunningApp;
      /** Who is signed in, or null. */
      signedIn: SignedIn | null;
      locale: Locale;
    }
    interface Platform {
      req: { app?: RunningApp };
    }
    interface Error {
      message: string;
      /** A code of the messages, when the page knows a better sentence than the status. */
      code?: string;
    }
  }
}
