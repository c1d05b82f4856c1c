import { setTimeout as pause } from "node:timers/promises";
import { isContention } from "../errors/database-errors.ts";

const attempts = 4;

/**
 * Runs a transaction, and runs it again when the database broke it off to let another one through (a deadlock, a serialization failure):
 * three times at most, after a few milliseconds each. What it did before was rolled back.
 */
export async function retryingContention<T>(transaction: () => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await transaction();
    } catch (error) {
      if (attempt === attempts || !isContention(error)) throw error;
      await pause(Math.random() * 20 * attempt);
    }
  }
}
