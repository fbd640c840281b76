package io.github.measuredboot.uefi.devicepath;

/**
 * A node of type 3: a device on a bus, a link or a protocol (UEFI 10.3.4). It has many subtypes, grouped here by what they
 * are for.
 */
public sealed interface MessagingNode extends DevicePathNode permits StorageNode, NetworkNode, PeripheralNode {}
