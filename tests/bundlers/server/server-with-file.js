import "./load.js";
import "./pay.js";
