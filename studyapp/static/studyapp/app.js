/* The one script of every page. Without it everything still works, by whole pages. */
import "./focus.js";
import "./kept-typing.js";
import "./menus.js";
import "./ordering.js";
import "./requests.js";
import "./shortcuts.js";
import "./tabs.js";
import "./time-zone.js";
