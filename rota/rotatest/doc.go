// Package rotatest judges rotas. It holds a checker that re-derives every hard rule from what the
// planner was given, sharing no decision with it.
package rotatest
