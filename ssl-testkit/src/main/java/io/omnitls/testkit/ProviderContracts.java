package io.omnitls.testkit;

/**
 * All contracts. A provider's author writes one class:
 *
 * <pre>{@code
 * class MyProviderTest implements ProviderContracts {
 *     private static final ProviderFixture FIXTURE = new ProviderFixture("mine", new Capabilities(...));
 *
 *     @Override
 *     public ProviderFixture fixture() {
 *         return FIXTURE;
 *     }
 * }
 * }</pre>
 */
public interface ProviderContracts
        extends CapabilityContract,
                HandshakeContract,
                IdentityContract,
                SettingsContract,
                TransferContract,
                ShutdownContract,
                VerificationContract,
                LoaderContract,
                NameContract,
                OddChainContract,
                SessionContract,
                BindingContract,
                KeyLogContract,
                OptionContract,
                ChannelContract,
                ErrorContract,
                FaultContract,
                ResourceContract,
                OpenSslContract,
                OpenSslTypingContract,
                PythonContract {}
