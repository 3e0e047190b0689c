/** What any gateway adapter must pass. */
import { bind, type Case } from "../case.js";
import { amountChecks } from "./amounts.js";
import { answerChecks } from "./answers.js";
import { capabilityChecks } from "./capabilities.js";
import type { GatewayConformanceOptions } from "./harness.js";
import { inquiryChecks } from "./inquiries.js";
import { keyChecks } from "./keys.js";
import { notificationChecks } from "./notifications.js";
import { unknownChecks } from "./unknown.js";
import { GatewayWorld } from "./world.js";

/** The cases for an adapter. Throws a `TypeError` when `cannot` names no case and nothing that one needs. */
export function gatewayConformance(options: GatewayConformanceOptions): Case[] {
  const checks = [capabilityChecks, keyChecks, unknownChecks, inquiryChecks, amountChecks, answerChecks, notificationChecks].flat();
  return bind(options, checks, () => GatewayWorld.open(options));
}
