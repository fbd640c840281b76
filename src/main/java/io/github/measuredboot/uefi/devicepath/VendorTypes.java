package io.github.measuredboot.uefi.devicepath;

import io.github.measuredboot.uefi.guid.Guid;

/** The vendor-defined messaging and media types to which the specification gives a text of their own (UEFI 10.3.4.17, 10.3.5.9). */
final class VendorTypes {
    static final Guid PC_ANSI = Guid.of("e0c14753-f9be-11d2-9a0c-0090273fc14d");
    static final Guid VT100 = Guid.of("dfa66065-b419-11d3-9a2d-0090273fc14d");
    static final Guid VT100_PLUS = Guid.of("7baec70b-57e0-4c76-8e87-2f9e28088343");
    static final Guid VT_UTF8 = Guid.of("ad15a0d6-8bec-4acf-a073-d01de77e2d88");
    static final Guid DEBUG_PORT = Guid.of("eba4e8d2-3858-41ec-a281-2647ba9660d0");
    static final Guid UART_FLOW_CONTROL = Guid.of("37499a9d-542f-4c89-a026-35da142094e4");
    static final Guid SAS = Guid.of("d487ddb4-008b-11d9-afdc-001083ffca4d");
    static final Guid EDD10 = Guid.of("cf31fac5-c24e-11d2-85f3-00a0c93ec93b");

    static final Guid VIRTUAL_DISK = Guid.of("77ab535a-45fc-624b-5560-f7b281d1f96e");
    static final Guid VIRTUAL_CD = Guid.of("3d5abd30-4175-87ce-6d64-d2ade523c4bb");
    static final Guid PERSISTENT_VIRTUAL_DISK = Guid.of("5cea02c9-4d07-69d3-269f-4496fbe096f9");
    static final Guid PERSISTENT_VIRTUAL_CD = Guid.of("08018188-42cd-bb48-100f-5387d53ded3d");

    static final int UART_FLOW_CONTROL_LENGTH = 24;
    static final int SAS_LENGTH = 44;

    private VendorTypes() {}
}
