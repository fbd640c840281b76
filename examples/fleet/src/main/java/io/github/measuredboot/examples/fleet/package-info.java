/** Judges the boots of many machines with Apache Spark, and makes fleets to try it on. */
package io.github.measuredboot.examples.fleet;
