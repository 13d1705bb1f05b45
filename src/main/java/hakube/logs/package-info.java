/**
 * One streaming reader for every workload's log. Lines come from the kubelet with their time, which is what a cursor is made
 * of; nothing is kept here.
 */
package hakube.logs;
